import type { CommandContext } from "../../../kernel/command.ts";
import { type Complaint, complaintEvent } from "../domain/complaint.ts";
import { refuse } from "../../../kernel/errors.ts";
import { assertMayRead } from "../../../core/domain/requests/policy.ts";
import type { UsesComplaints } from "../ports.ts";
import { consumeLimit } from "../../../core/usecases/accounts/limits.ts";
import { checkWords } from "../../../core/usecases/requests/check-words.ts";
import { idFromKey, newId } from "../../../kernel/ids.ts";
import { takeEventStep } from "../../../kernel/take-aggregate-step.ts";

/**
 * Files a complaint with the committee of a community. Calls with the same idempotency key file only one. Throws
 * `community.unknown`, `request.unknown`, `content.refused`, `rate.limited`.
 */
export async function fileComplaint(
  deps: UsesComplaints<"clock" | "keys" | "wakeRelay" | "limiter" | "store" | "wordCheck">,
  { actor, idempotency }: CommandContext,
  { communityId, text, requestId }: { communityId: string; text: string; requestId?: string | undefined },
): Promise<Complaint> {
  const id = idempotency ? idFromKey(`complaint:${idempotency.key}`) : newId();
  const blank: Complaint = {
    ...{ id, version: 0, communityId, userId: actor.userId, name: actor.name, text, at: deps.clock.now() },
    ...{ requestId: null, requestNo: null, answer: null },
  };
  const target = { repository: deps.complaints, id, blank, unknown: "complaint.unknown" as const };
  return takeEventStep(deps, idempotency, target, async (complaint, now) => {
    if (!(await deps.store.communities.find(communityId))) refuse("community.unknown");
    const about = requestId ? await deps.store.requests.load(requestId) : null;
    if (requestId && !about) refuse("request.unknown");
    if (about) assertMayRead(actor, about.request);
    await consumeLimit(deps, "complaintUser", actor.userId);
    await checkWords(deps, actor, { text });
    const who = { id: actor.userId, role: "resident", name: "" };
    return {
      set: { requestId: about?.request.id ?? null, requestNo: about?.request.no ?? null, at: now },
      event: complaintEvent(complaint, "complaint.filed", who, now),
    };
  });
}
