import type { StoredNotice } from "../store/notices.ts";

type Told = Pick<StoredNotice, "type" | "actorName" | "actorRole" | "requestNo">;

/** What each notice says; `no` is the request's number. */
const sentences: Readonly<Record<string, (who: string, no: string) => string>> = {
  "request.claimed": (who, no) => `${who}接了您的诉求 ${no}，会尽快与您联系。`,
  "request.assigned": (who, no) => `${who}已把诉求 ${no} 派给干部办理。`,
  "request.released": (who, no) => `${who}暂时不能办理诉求 ${no}，已回到队列，由其他干部来接。`,
  "request.contacted": (who, no) => `${who}已就诉求 ${no} 与您联系，正在办理。`,
  "request.noted": (who, no) => `${who}更新了诉求 ${no} 的办理进展。`,
  "request.message_sent": (who, no) => `${who}在诉求 ${no} 里给您留言。`,
  "request.asked": (who, no) => `${who}请您补充诉求 ${no} 的情况，答复后继续办理。`,
  "request.answered": (who, no) => `${who}已答复诉求 ${no}，时限继续计算。`,
  "request.resolved": (who, no) => `${who}已办结诉求 ${no}，请您评价。`,
  "request.withdrawn": (who, no) => `${who}撤回了诉求 ${no}。`,
  "request.rejected": (who, no) => `${who}没有受理诉求 ${no}，原因见详情。`,
  "resident.confirmed": (who) => `${who}已核实您的住址，感谢配合。`,
};

/** A notice as a sentence. */
export function noticeText({ type, actorName, actorRole, requestNo }: Told): string {
  const who = actorRole === "committee" ? "居委会" : actorName || "系统";
  return sentences[type]?.(who, requestNo ?? "") ?? `诉求 ${requestNo ?? ""} 有新进展。`;
}
