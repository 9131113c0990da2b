import type { Complaint as ComplaintReply } from "../../../../contract/index.ts";
import type { Actor } from "../../../kernel/actor.ts";
import type { Complaint } from "../domain/complaint.ts";
import { maskName } from "../../../core/domain/privacy/mask.ts";
import { instant } from "../../../core/presenters/time.ts";

/** A complaint, for whoever made it, the committee, or the subdistrict. */
export function presentComplaint(actor: Actor, complaint: Complaint): ComplaintReply {
  const { id, communityId, requestId, requestNo, text, name, answer } = complaint;
  const mine = actor.ids.includes(complaint.userId);
  return {
    ...{ id, communityId, requestId, requestNo, text, mine, at: instant(complaint.at) },
    from: mine || actor.role === "committee" ? name : maskName(name),
    answer: answer && { text: answer.text, at: instant(answer.at), by: answer.byName },
  };
}
