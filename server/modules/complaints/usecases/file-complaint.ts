import type { Asking } from "../../../kernel/command.ts";
import { type Complaint, complaintEvent } from "../domain/complaint.ts";
import { refuse } from "../../../kernel/errors.ts";
import { assertMayRead } from "../../../core/domain/requests/policy.ts";
import type { Uses } from "../../../core/ports.ts";
import { countAgainst } from "../../../core/usecases/accounts/limits.ts";
import { checkWords } from "../../../core/usecases/requests/check-words.ts";
import { idOfIntent, newId } from "../../../kernel/ids.ts";
import { wasDone } from "../../../kernel/idempotency.ts";

/**
 * Files a complaint for the committee of a community. The same intent makes one. Throws `community.unknown`, `request.unknown`,
 * `content.refused`, `rate.limited`.
 */
export async function fileComplaint(
  deps: Uses<"clock" | "keys" | "kick" | "limiter" | "store" | "words">,
  { actor, intent }: Asking,
  { communityId, text, requestId }: { communityId: string; text: string; requestId?: string | undefined },
): Promise<Complaint> {
  const id = intent ? idOfIntent(`complaint:${intent.key}`) : newId();
  const before = intent && (await deps.store.complaints.load(id));
  if (before && wasDone(intent, before.steps)) return before.complaint;
  if (!(await deps.store.communities.find(communityId))) refuse("community.unknown");
  const about = requestId ? await deps.store.requests.load(requestId) : null;
  if (requestId && !about) refuse("request.unknown");
  if (about) assertMayRead(actor, about.request);
  await countAgainst(deps, "complaintUser", actor.userId);
  await checkWords(deps, actor, { text });
  const now = deps.clock.now();
  const complaint: Complaint = {
    ...{ id, version: 1, communityId, userId: actor.userId, name: actor.name, text, at: now, answer: null },
    ...{ requestId: about?.request.id ?? null, requestNo: about?.request.no ?? null },
  };
  const who = { id: actor.userId, role: "resident", name: "" };
  const inserted = await deps.store.complaints.insert(
    complaint,
    complaintEvent(complaint, "complaint.filed", who, now),
    intent,
  );
  if (inserted) {
    deps.kick(communityId);
    return complaint;
  }
  const winner = await deps.store.complaints.load(id);
  if (!winner) refuse("write.contended");
  wasDone(intent, winner.steps);
  return winner.complaint;
}
