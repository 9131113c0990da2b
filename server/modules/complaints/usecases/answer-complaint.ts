import type { Page } from "../../../kernel/page.ts";
import type { CommandContext } from "../../../kernel/command.ts";
import type { Actor } from "../../../kernel/actor.ts";
import { type Complaint, complaintEvent, complaintLifecycle } from "../domain/complaint.ts";
import type { UsesComplaints } from "../ports.ts";
import { checkWords } from "../../../core/usecases/requests/check-words.ts";
import { takeEventStep } from "../../../kernel/take-aggregate-step.ts";

/**
 * Stores the committee's answer, of which a complaint has one. Throws `complaint.unknown`, `complaint.answered`,
 * `content.refused`, `write.contended`.
 */
export async function answerComplaint(
  deps: UsesComplaints<"clock" | "keys" | "wakeRelay" | "store" | "wordCheck">,
  { actor, idempotency }: CommandContext,
  id: string,
  text: string,
): Promise<Complaint> {
  const target = { repository: deps.complaints, id, blank: null, unknown: "complaint.unknown" as const };
  return takeEventStep(deps, idempotency, target, async (complaint, now) => {
    complaintLifecycle.guard(complaint, "answer", actor, now);
    await checkWords(deps, actor, { text });
    const who = { id: actor.userId, role: actor.role, name: actor.name };
    return {
      set: { answer: { text, at: now, byId: actor.userId, byName: actor.name } },
      event: complaintEvent(complaint, "complaint.answered", who, now),
    };
  });
}

/** A page of complaints: those of their communities for committee and subdistrict, their own for all others. */
export async function listComplaints(
  deps: UsesComplaints,
  actor: Actor,
  { open, limit, cursor }: { open?: "true" | "false" | undefined; limit: number; cursor?: string | undefined },
): Promise<Page<Complaint>> {
  const above = actor.role === "committee" || actor.role === "supervisor";
  const of = above ? { communityIds: actor.communityIds } : { userIds: actor.ids };
  return deps.complaints.list(of, open === undefined ? undefined : open === "false", limit, cursor);
}
