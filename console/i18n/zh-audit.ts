import type { AuditKind } from "../../contract/index.ts";

/** Words of the audit page. */
export const audit = {
  title: "审计",
  lead: "谁在什么时候用了什么权限。这些记录与台账同在一条签章链上，谁也不能删改。",
  kind: "类别",
  everything: "全部",
  kinds: {
    reveal: "查看个人信息",
    export: "导出",
    role: "岗位与核实",
    login: "登录失败",
    config: "设置改动",
    erasure: "抹去",
  } satisfies Record<AuditKind, string>,
  person: "人员",
  personOnly: (name: string) => `只看 ${name}`,
  day: "日期",
  columns: {
    pos: "序号", at: "时间", community: "社区", type: "类别", who: "谁", what: "做了什么", why: "理由", no: "工单号", seal: "签章",
  }, // prettier-ignore
  table: "审计记录",
  none: "没有符合条件的记录。",
  noneHint: "可以放宽筛选或换一段日期。",
  noneAtAll: "还没有记录。",
  link: "复制筛选链接",
  copied: "链接已复制，打开就是现在的筛选",
  rate: "近 24 小时谁查看了个人信息",
  rateHint: (most: number) => `每人每小时最多 ${most} 次`,
  rateNone: "近 24 小时没有人查看过。",
  rateColumns: { who: "谁", hour: "近 1 小时", day: "近 24 小时", busiest: "最多的一小时" },
  times: (n: number) => `${n} 次`,
  succeeded: {
    words: (how: string, device: string, from: string) => `以${how}登录，设备：${device}（来自 ${from}）`,
    how: { password: "密码", phone: "手机验证码", wechat: "微信" },
    someDevice: "没有报出名称",
  },
  failed: {
    password: (whose: string, from: string) => `有人用${whose}登录，密码不对（来自 ${from}）`,
    phone: (whose: string, from: string) => `有人用${whose}登录，验证码不对（来自 ${from}）`,
    secondFactor: (whose: string, from: string) => `有人用${whose}登录，密码对，两步验证的验证码不对（来自 ${from}）`,
    accountOf: (name: string) => ` ${name} 的账号`,
    resident: "一位居民的账号",
    unknownAccount: "不存在的账号",
    unknownPhone: "没有登记的手机号",
  },
} as const;
