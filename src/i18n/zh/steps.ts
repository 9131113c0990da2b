import type { Action } from "../../../contract/index.ts";

/** A step that needs words: what its page asks and says. */
export interface StepWords {
  button: string;
  title: string;
  label: string;
  placeholder: string;
  /** Common answers, one tap each. */
  templates: readonly string[];
  submit: string;
  done: string;
  hint?: string;
  /** Asked before it is done: it cannot be taken back. */
  finally?: { title: string; content: string };
}

const plain = (button: string, done: string): StepWords => ({
  button,
  title: button,
  label: "",
  placeholder: "",
  templates: [],
  submit: button,
  done,
});

/** A button for every action there is. */
export const steps: Record<Action, StepWords> = {
  claim: plain("接单", "已接单，请先联系居民"),
  assign: plain("派单", "已派单"),
  rate: plain("评价", "谢谢，评价已记下"),
  "hand-over": plain("交班", "已写好交班说明"),
  consent: plain("记下是否同意代办", "已记下"),
  "revoke-consent": plain("收回同意", "已收回，对方看不到这件事了"),
  "first-contact": {
    button: "先行联系",
    title: "先行联系",
    label: "联系时怎么说的",
    placeholder: "如：电话联系，约好今晚 19:30 上门",
    templates: ["已电话联系，约好上门时间", "已电话联系，居民在家，马上过去", "电话没接，已发消息说明"],
    submit: "记下联系",
    done: "已记下，居民能看到",
    hint: "居民会看到这段话",
  },
  resolve: {
    button: "办结",
    title: "办结",
    label: "办成了什么样",
    placeholder: "如：已换好楼道灯，现场试过三次都亮",
    templates: ["已上门处理好，居民当面确认", "已联系物业修好，现场看过", "已当面解释清楚，居民理解"],
    submit: "办结",
    done: "已办结，等居民评价",
    hint: "居民会看到结果和照片，并评价解决了没有",
  },
  message: {
    button: "发消息",
    title: "发消息",
    label: "消息",
    placeholder: "写给对方",
    templates: [],
    submit: "发送",
    done: "已发出",
  },
  note: {
    button: "写记录",
    title: "办理记录",
    label: "办了什么",
    placeholder: "如：已到现场，水表前阀门老化，联系物业换新",
    templates: ["已到现场查看", "已联系物业", "配件已订，等到货"],
    submit: "记下",
    done: "已记下",
    hint: "居民会看到这条记录",
  },
  "internal-note": {
    button: "内部备注",
    title: "内部备注",
    label: "给同事看的",
    placeholder: "如：家里有狗，上门前先打电话",
    templates: [],
    submit: "记下",
    done: "已记下，居民看不到",
    hint: "只有社区干部和居委会看得到",
  },
  ask: {
    button: "请居民补充",
    title: "请居民补充",
    label: "想问什么",
    placeholder: "如：漏水的是哪间房？方便发一张照片吗？",
    templates: ["请补一张现场照片", "请说一下具体位置", "请说一下哪天在家"],
    submit: "发给居民",
    done: "已发给居民，时限先停着",
    hint: "居民答复前，办理时限停着",
  },
  answer: {
    button: "答复",
    title: "答复",
    label: "您的答复",
    placeholder: "把干部问的写在这里",
    templates: [],
    submit: "答复",
    done: "已答复，接着办",
  },
  release: {
    button: "退单",
    title: "退单",
    label: "说明",
    placeholder: "写清楚，下一位同事好接手",
    templates: ["马上交班，请下一班接手", "不属于我的岗位", "手上有急事，走不开"],
    submit: "退回",
    done: "已退回队列",
    hint: "时限不停，其他在岗干部可以接；退过两次后由居委会指定首接",
  },
  reject: {
    button: "不予受理",
    title: "不予受理",
    label: "为什么不受理",
    placeholder: "说明原因，并告诉居民可以找谁",
    templates: ["不属于社区办理范围，请拨打 12345", "与已提交的诉求重复", "内容无法核实，已联系居民说明"],
    submit: "不予受理",
    done: "已告知居民",
    finally: { title: "确定不予受理？", content: "这件诉求就此结束，不能恢复" },
    hint: "这件诉求就此结束，居民会看到原因",
  },
  decline: {
    button: "婉拒",
    title: "婉拒这一单",
    label: "为什么接不了",
    placeholder: "简单说一句，会马上转给下一位",
    templates: ["正在别处办事，走不开", "不熟悉这类事", "快交班了"],
    submit: "婉拒",
    done: "已转给下一位",
  },
  "ask-extension": {
    button: "申请延期",
    title: "申请延期",
    label: "为什么来不及",
    placeholder: "写清楚卡在哪里、接下来怎么办",
    templates: ["等配件到货", "要等其他单位答复", "和居民约在那天以后"],
    submit: "交居委会审批",
    done: "已交居委会审批",
    hint: "批准以前，时限照旧",
  },
  "refuse-extension": {
    button: "不同意延期",
    title: "不同意延期",
    label: "为什么不同意",
    placeholder: "告诉经办干部接下来怎么办",
    templates: ["请按原来的时限办结", "请先联系居民说明进展"],
    submit: "不同意",
    done: "已告知经办干部",
  },
  "ask-suspension": {
    button: "申请挂账",
    title: "申请挂账",
    label: "为什么现在办不了",
    placeholder: "写清楚要等什么、等到以后谁来办",
    templates: ["等大修计划批下来", "等业主大会表决", "等产权单位施工"],
    submit: "交居委会审批",
    done: "已交居委会审批",
    hint: "批准后时限停着，到时自动恢复办理",
  },
  "refuse-suspension": {
    button: "不同意挂账",
    title: "不同意挂账",
    label: "为什么不同意",
    placeholder: "告诉经办干部接下来怎么办",
    templates: ["这件事现在就能办", "请先联系居民说明进展"],
    submit: "不同意",
    done: "已告知经办干部",
  },
  "approve-extension": plain("同意延期", "已同意延期"),
  "approve-suspension": plain("同意挂账", "已同意挂账，时限停着"),
  "call-back": plain("记回访", "已记下回访"),
  "ask-organization": plain("请单位协办", "已请单位协办"),
  resume: plain("恢复办理", "已恢复办理，时限继续"),
  withdraw: {
    button: "撤回诉求",
    title: "撤回诉求",
    label: "为什么撤回",
    placeholder: "简单说一句就好",
    templates: ["已经解决了", "填错了，重新提", "暂时不需要了"],
    submit: "撤回",
    done: "已撤回",
    finally: { title: "确定撤回？", content: "撤回后不再办理，不能恢复" },
    hint: "撤回后就不再办理，需要时可以重新提",
  },
};
