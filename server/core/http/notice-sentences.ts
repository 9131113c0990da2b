import type { StoredNotice } from "../store/notify/notices.ts";

type Told = Pick<StoredNotice, "type" | "actorName" | "actorRole" | "requestNo" | "reader" | "organization" | "named">;

/** `no` is the request's number, `unit` an organization that co-handles it, `named` a cadre whom it is about besides whoever did it. */
type Say = (who: string, no: string, unit: string, named?: string) => string;

/** What each notice says. */
const sentences: Readonly<Record<string, Say>> = {
  "task.accepted": (_who, no, unit) => `${unit}正在协办您的诉求 ${no}。`,
  "request.submitted": (who, no) => `${who}替您提交了诉求 ${no}，您可以随时查看和评价。`,
  "request.claimed": (who, no) => `${who}接了您的诉求 ${no}，会尽快与您联系。`,
  "request.assigned": (who, no) => `${who}已把诉求 ${no} 派给干部办理。`,
  "request.released": (who, no) => `${who}暂时不能办理诉求 ${no}，已回到队列，由其他干部来接。`,
  "request.contacted": (who, no) => `${who}已就诉求 ${no} 与您联系，正在办理。`,
  "request.handed_over": (who, no, _unit, named) =>
    named ? `${who}下班了，诉求 ${no} 由${named}接着办。` : `${who}下班了，您的诉求 ${no} 仍由${who}上班后接着办。`,
  "request.noted": (who, no) => `${who}更新了诉求 ${no} 的办理进展。`,
  "request.internally_noted": (who, no) => `${who}给诉求 ${no} 写了内部备注，居民看不到。`,
  "request.message_sent": (who, no) => `${who}在诉求 ${no} 里给您留言。`,
  "request.asked": (who, no) => `${who}请您补充诉求 ${no} 的情况，答复后继续办理。`,
  "request.answered": (who, no) => `${who}已答复诉求 ${no}，时限继续计算。`,
  "request.resolved": (who, no) => `${who}已办结诉求 ${no}，请您评价。`,
  "request.closed_unrated": (_who, no) => `诉求 ${no} 办结已七天，没有收到评价，先关闭了。还有没办好的，请再找店小二。`,
  "request.withdrawn": (who, no) => `${who}撤回了诉求 ${no}。`,
  "request.rejected": (who, no) => `${who}没有受理诉求 ${no}，原因见详情。`,
  "request.consented": (who, no) => `${who}记下了代办诉求 ${no} 的同意情况。`,
  "request.consent_revoked": (_who, no) => `居民收回了诉求 ${no} 的代办同意，请只与居民本人联系。`,
  "complaint.answered": (who) => `${who}答复了您的投诉，请到“我的投诉”查看。`,
  "photo.rejected": (_who, no) =>
    `诉求 ${no} 里有一张照片没有通过内容审核，不会显示给别人。诉求照常办理，需要的话请换一张照片发消息补充。`,
  "photo.passed": (_who, no) => `诉求 ${no} 里待审核的照片已经通过，现在可以看到了。`,
  "request.transferred": (_who, no) => `诉求 ${no} 转由另一个社区接着办，编号和时限都不变，办理社区见详情。`,
  "request.transfer_refused": (_who, no) => `对方社区没有接办诉求 ${no}，请接着办，原因见详情。`,
  "request.requeued": (_who, no) => `上一班干部已下班，诉求 ${no} 回到队列，由在岗干部来接。`,
  "request.handed_back": (_who, no) => `原来的干部已不在岗位，诉求 ${no} 回到队列，由其他干部接着办。`,
  "request.offered": (_who, no) => `诉求 ${no} 派给您，请尽快接单；来不及请婉拒，会转给下一位。`,
  "request.extended": (who, no) => `${who}同意诉求 ${no} 延期，新的时限见详情。`,
  "request.extension_refused": (who, no) => `${who}没有同意诉求 ${no} 延期，请按原时限办理，原因见详情。`,
  "request.suspended": (who, no) => `${who}同意诉求 ${no} 暂时挂账，到期会接着办，时间和原因见详情。`,
  "request.suspension_refused": (who, no) => `${who}没有同意诉求 ${no} 挂账，请继续办理，原因见详情。`,
  "request.resumed": (_who, no) => `诉求 ${no} 恢复办理，时限继续计算。`,
  "request.reminded": (_who, no) => `诉求 ${no} 的时限快到了，请抓紧办理。`,
  "request.overdue": (_who, no) => `诉求 ${no} 已超过时限，请马上处理并联系居民。`,
  "request.supervised": (_who, no) => `诉求 ${no} 严重超时，已由街镇督办，请马上处理。`,
  "request.organization_asked": (who, no, unit) => `${who}请${unit}协办诉求 ${no}。`,
  "task.refused": (_who, no, unit) => `${unit}没有接诉求 ${no} 的协办，原因见详情。请另请单位，或自己办理。`,
  "task.noted": (_who, no, unit) => `${unit}写了诉求 ${no} 的协办进展。`,
  "task.done": (_who, no, unit) => `${unit}办好了诉求 ${no} 的协办，请查看结果。`,
  "task.withdrawn": (who, no, unit) => `${who}撤回了请${unit}协办诉求 ${no}。`,
  "task.overdue": (_who, no, unit) => `${unit}协办诉求 ${no} 已超过时限，请催办或改请别家。`,
  "task.supervised": (_who, no, unit) => `${unit}协办诉求 ${no} 严重超时，已列入督办。`,
  "account.new_device": () =>
    "您的账号在一台没用过的设备上登录了。不是您本人的话，请在“登录着的设备”里退出它，再换密码。",
  "resident.confirmed": (who) => `${who}已核实您的住址，感谢配合。`,
  "roster.published": () => "新一周的班表发布了，请在“我的班表”里查看。",
  "roster.changed": () => "您的班有调整，请在“我的班表”里查看。",
  "roster.backups_named": () => "您被指定备勤，时段见“我的班表”。",
  "shift.swap_asked": (who) => `${who}想请您换班，请在“我的班表”里答复。`,
  "shift.swap_accepted": (who) => `${who}愿意换班，等居委会批准。`,
  "shift.swap_declined": (who) => `${who}这次不方便换班，您的班不变。`,
  "shift.swap_withdrawn": (who) => `${who}撤回了换班，班表不变。`,
  "shift.swap_refused": (who) => `${who}没有批准换班，班表不变。`,
  "shift.swapped": (who) => `${who}批准了换班，请在“我的班表”里核对。`,
  "duty.ended": () => "您的班到点了，还有诉求没有交班说明，请在一小时内补写。",
  "duty.notes_missing": () => "您上一班的交班说明还没有写，已报居委会，请尽快补写。",
  "leave.approved": (who) => `${who}批准了您的请假。`,
  "leave.refused": (who) => `${who}没有批准您的请假，请当面商量或另选时间。`,
};

/** How a family member is told of a request filed for somebody: without a word of what was said, since consent may be lacking. */
const forFamily: typeof sentences = {
  "request.claimed": (who, no) => `${who}接了您代办的诉求 ${no}。`,
  "request.assigned": (who, no) => `${who}已把您代办的诉求 ${no} 派给干部办理。`,
  "request.released": (_who, no) => `您代办的诉求 ${no} 已回到队列，由其他干部来接。`,
  "request.contacted": (who, no) => `${who}已就您代办的诉求 ${no} 先行联系。`,
  "request.handed_over": (who, no, _unit, named) =>
    named
      ? `${who}下班了，您代办的诉求 ${no} 由${named}接着办。`
      : `${who}下班了，您代办的诉求 ${no} 由${who}上班后接着办。`,
  "request.resolved": (who, no) => `${who}已办结您代办的诉求 ${no}。`,
  "request.withdrawn": (_who, no) => `您代办的诉求 ${no} 已撤回。`,
  "request.rejected": (_who, no) => `您代办的诉求 ${no} 没有受理。`,
  "photo.rejected": (_who, no) => `您代办的诉求 ${no} 里有一张照片没有通过内容审核，需要的话请换一张补充。`,
  "task.accepted": (_who, no) => `您代办的诉求 ${no} 有单位正在协办。`,
  "request.transferred": (_who, no) => `您代办的诉求 ${no} 转由另一个社区接着办，编号和时限都不变。`,
  "request.consented": (_who, no) => `诉求 ${no}：家人同意由您代办，全部进展都能看到了。`,
};

/** How the people of an organization are told of a part that it was asked to do. */
const forPartners: Readonly<Record<string, (who: string, no: string) => string>> = {
  "request.organization_asked": (who, no) => `${who}请贵单位协办诉求 ${no}，请尽快接下，或说明不接的原因。`,
  "task.withdrawn": (who, no) => `${who}撤回了诉求 ${no} 的协办，不用再办。`,
  "task.cancelled": (_who, no) => `诉求 ${no} 已经结束，协办不用再办。`,
  "task.reminded": (_who, no) => `诉求 ${no} 的协办时限快到了，请抓紧。`,
  "task.overdue": (_who, no) => `诉求 ${no} 的协办已超过时限，请马上处理。`,
  "task.supervised": (_who, no) => `诉求 ${no} 的协办严重超时，已由街镇督办，请马上处理。`,
};

/** How the handler reads what the resident reads otherwise. */
const forHandlers: typeof sentences = {
  "request.handed_over": (who, no) => `${who}把诉求 ${no} 交给您接着办，先看交班说明。`,
  "task.accepted": (_who, no, unit) => `${unit}接下了诉求 ${no} 的协办。`,
};

/** How a neighbour who follows is told how far it is: without a word of the resident or of what was said. */
const forFollowers: Readonly<Record<string, (who: string, no: string) => string>> = {
  "request.claimed": (who, no) => `您跟进的诉求 ${no}：${who}接单了。`,
  "request.transferred": (_who, no) => `您跟进的诉求 ${no} 转由另一个社区接着办。`,
  "request.assigned": (_who, no) => `您跟进的诉求 ${no}：居委会已派给干部办理。`,
  "request.released": (_who, no) => `您跟进的诉求 ${no} 换一位干部来办。`,
  "request.handed_over": (_who, no) => `您跟进的诉求 ${no} 换一位干部来办。`,
  "request.handed_back": (_who, no) => `您跟进的诉求 ${no} 换一位干部来办。`,
  "request.requeued": (_who, no) => `您跟进的诉求 ${no} 换一位干部来办。`,
  "request.contacted": (who, no) => `您跟进的诉求 ${no}：${who}开始办理。`,
  "request.suspended": (_who, no) => `您跟进的诉求 ${no} 一时办不了，居委会同意先挂账。`,
  "request.resumed": (_who, no) => `您跟进的诉求 ${no} 恢复办理。`,
  "request.resolved": (who, no) => `您跟进的诉求 ${no}：${who}已办结。您那里还没好的话，请再找店小二。`,
  "request.withdrawn": (_who, no) => `您跟进的诉求 ${no} 撤回了。您那里还没好的话，请自己提交一件。`,
  "request.rejected": (_who, no) => `您跟进的诉求 ${no} 没有受理。您那里还没好的话，请自己提交一件。`,
};

/** How an office is told what waits for its word, and what has gone wrong. */
const forOffices: Readonly<Record<string, Say>> = {
  "task.refused": (_who, no, unit) => `${unit}没有接诉求 ${no} 的协办，请过问。`,
  "task.overdue": (_who, no, unit) => `${unit}协办诉求 ${no} 已超过时限，请过问。`,
  "task.supervised": (_who, no, unit) => `${unit}协办诉求 ${no} 严重超时，已列入督办。`,
  "request.callback_late": (_who, no) => `诉求 ${no} 的回访超过一个工作日了，请今天打电话。`,
  "request.untaken": (_who, no) => `诉求 ${no} 没有人接，请派单。`,
  "request.transferred": (_who, no) => `转办的诉求 ${no} 对方社区已接办。`,
  "request.transfer_refused": (_who, no) => `转办的诉求 ${no} 对方社区没有接办，原因见详情。`,
  "transfer.offered": (_who, no) => `有社区请我们接办诉求 ${no}，请同意或说明原因。`,
  "transfer.recalled": (_who, no) => `请我们接办的诉求 ${no}，对方撤回了。`,
  "transfer.lapsed": (_who, no) => `请我们接办的诉求 ${no}，对方已自己处理，不用接办了。`,
  "request.extension_asked": (who, no) => `${who}就诉求 ${no} 申请延期，请审批。`,
  "request.suspension_asked": (who, no) => `${who}就诉求 ${no} 申请挂账，请审批。`,
  "request.overdue": (_who, no) => `诉求 ${no} 已超过时限，请过问。`,
  "request.supervised": (_who, no) => `诉求 ${no} 严重超时，已列入督办。`,
  "complaint.filed": () => "收到一条投诉，请到“投诉与复核”答复。",
  "photo.held": () => "有一张照片等居委会复核，请到“投诉与复核”查看。",
  "duty.notes_missing": (_who, _no, _unit, named) =>
    `${named ?? "一位干部"}下班一小时了，还有诉求没有交班说明，请过问。`,
  "leave.asked": (who) => `${who}请假，请到“排班”审批。`,
  "shift.swap_accepted": (who) => `${who}愿意换班，请到“排班”审批。`,
};

/** A notice as a sentence. */
export function noticeText({ type, actorName, actorRole, requestNo, reader, organization = "", named }: Told): string {
  const who = actorRole === "committee" ? "居委会" : actorName || "系统";
  const no = requestNo ?? "";
  const news = `诉求 ${no} 有新进展。`;
  switch (reader) {
    case "committee":
    case "supervisor":
      return forOffices[type]?.(who, no, organization, named) ?? news;
    case "partner":
      return forPartners[type]?.(who, no) ?? news;
    case "follower":
      return forFollowers[type]?.(who, no) ?? `您跟进的${news}`;
    case "filer":
      return forFamily[type]?.(who, no, organization, named) ?? `您代办的${news}`;
    case "resident":
      return sentences[type]?.(who, no, organization, named) ?? news;
    case null:
      return (forHandlers[type] ?? sentences[type])?.(who, no, organization, named) ?? news;
  }
}
