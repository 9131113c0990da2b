import type { Page } from "../../../kernel/page.ts";
import type { Asking } from "../../../kernel/command.ts";
import type { Actor } from "../../../kernel/actor.ts";
import { type Complaint, assertMayAnswer, complaintEvent } from "../domain/complaint.ts";
import { refuse } from "../../../kernel/errors.ts";
import type { Uses } from "../../../core/ports.ts";
import { checkWords } from "../../../core/usecases/requests/check-words.ts";
import { wasDone } from "../../../kernel/idempotency.ts";

/** The committee's answer, once. Throws `complaint.unknown`, `complaint.answered`, `content.refused`, `write.contended`. */
export async function answerComplaint(
  deps: Uses<"clock" | "keys" | "kick" | "store" | "words">,
  { actor, intent }: Asking,
  id: string,
  text: string,
): Promise<Complaint> {
  const loaded = await deps.store.complaints.load(id);
  if (loaded && wasDone(intent, loaded.steps)) return loaded.complaint;
  const complaint = loaded?.complaint ?? null;
  assertMayAnswer(actor, complaint);
  await checkWords(deps, actor, { text });
  const now = deps.clock.now();
  const answer = { text, at: now, byId: actor.userId, byName: actor.name };
  const who = { id: actor.userId, role: actor.role, name: actor.name };
  const event = complaintEvent(complaint, "complaint.answered", who, now);
  const saved = await deps.store.complaints.saveStep(id, { answer }, event, intent);
  if (!saved) refuse("write.contended");
  deps.kick(saved.communityId);
  return saved;
}

/** A page of complaints: the communities' for the committee and the subdistrict, for everybody else one's own. */
export async function listComplaints(
  deps: Uses<"store">,
  actor: Actor,
  { open, limit, cursor }: { open?: "true" | "false" | undefined; limit: number; cursor?: string | undefined },
): Promise<Page<Complaint>> {
  const above = actor.role === "committee" || actor.role === "supervisor";
  const of = above ? { communityIds: actor.communityIds } : { userIds: actor.ids };
  return deps.store.complaints.list(of, open === undefined ? undefined : open === "false", limit, cursor);
}
