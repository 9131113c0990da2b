import type { Complaint as ComplaintReply } from "../../../../contract/index.ts";
import type { Actor } from "../../../kernel/actor.ts";
import type { OwnDataSection } from "../../../kernel/module.ts";
import type { Complaint } from "../domain/complaint.ts";
import { formatWallTime } from "../../../core/domain/community/calendar.ts";
import { maskName } from "../../../core/domain/privacy/mask.ts";
import { instant } from "../../../core/presenters/time.ts";

/** The user's own complaints as a section of the page with the own data. */
export const complaintSection = (complaints: readonly ComplaintReply[]): OwnDataSection => ({
  title: "投诉",
  heads: ["时间", "我写的", "答复"],
  rows: complaints.map(({ at, text, answer }) => [formatWallTime(new Date(at)), text, answer?.text ?? ""]),
});

/** A complaint for its author, the committee or the subdistrict. The subdistrict sees the name masked. */
export function presentComplaint(actor: Actor, complaint: Complaint): ComplaintReply {
  const { id, communityId, requestId, requestNo, text, name, answer } = complaint;
  const mine = actor.ids.includes(complaint.userId);
  return {
    ...{ id, communityId, requestId, requestNo, text, mine, at: instant(complaint.at) },
    from: mine || actor.role === "committee" ? name : maskName(name),
    answer: answer && { text: answer.text, at: instant(answer.at), by: answer.byName },
  };
}
