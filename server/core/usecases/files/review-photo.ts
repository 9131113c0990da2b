import type { Page } from "../../../kernel/page.ts";
import type { Actor } from "../../../kernel/actor.ts";
import { refuse } from "../../../kernel/errors.ts";
import type { CheckedPhoto } from "../../../adapters/files/photo-checks.ts";
import type { Uses } from "../../ports.ts";
import { photoEvent, shownBy } from "./tell-photo.ts";

/** Pictures that WeChat could not decide and the actor may, newest first: a request that went to another community took its own along. */
export async function listPhotoReviews(
  deps: Uses<"files" | "store">,
  actor: Actor,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<Page<CheckedPhoto>> {
  const { communityIds } = actor;
  const waiting = await deps.files.checks.requestsWaiting();
  const requestIds = await deps.store.requests.idsIn(communityIds, waiting);
  return deps.files.checks.held({ requestIds, communityIds }, limit, cursor);
}

/**
 * The committee's word on a picture: `pass` shows one that waits, `reject` takes away one that waits or is shown. Deciding the same again
 * changes nothing. Throws `file.unknown`, `write.contended`.
 */
export async function reviewPhoto(
  deps: Uses<"clock" | "files" | "kick" | "store">,
  actor: Actor,
  id: string,
  verdict: "pass" | "reject",
): Promise<void> {
  const photo = await deps.files.checks.find(id);
  const shown = photo && (await shownBy(deps, photo));
  if (!photo || !shown || !actor.communityIds.includes(shown.communityId)) refuse("file.unknown");
  const state = verdict === "pass" ? ("attached" as const) : ("rejected" as const);
  if (photo.state === state) return;
  if (photo.state !== "held" && !(verdict === "reject" && photo.state === "attached")) refuse("file.unknown");
  const type = verdict === "pass" ? "photo.passed" : "photo.rejected";
  const who = { id: actor.userId, role: actor.role, name: actor.name };
  const event = photoEvent(photo, type, shown, who, deps.clock.now());
  const { communityId, requestId, requestNo } = event;
  const set = { state, communityId, requestId, requestNo, ...(verdict === "pass" ? { check: "passed" as const } : {}) };
  if (!(await deps.files.checks.saveStep(id, set, event))) refuse("write.contended");
  deps.kick(communityId);
}
