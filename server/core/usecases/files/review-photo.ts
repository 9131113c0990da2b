import type { Page } from "../../../kernel/page.ts";
import type { Actor } from "../../../kernel/actor.ts";
import { refuse } from "../../../kernel/errors.ts";
import { runStep } from "../../../kernel/step-runner.ts";
import type { CheckedPhoto } from "../../../adapters/files/photo-checks.ts";
import type { Uses } from "../../ports.ts";
import { photoEvent, photoContext } from "./record-photo-event.ts";

/**
 * Pictures that WeChat could not decide and the actor may, newest first. They are found by the community that is
 * responsible for the request now.
 */
export async function listPhotoReviews(
  deps: Uses<"files" | "modules" | "store">,
  actor: Actor,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<Page<CheckedPhoto>> {
  const { communityIds } = actor;
  const waiting = await deps.files.checks.requestsWaiting();
  const requestIds = await deps.store.requests.idsIn(communityIds, waiting);
  return deps.files.checks.held({ requestIds, communityIds }, limit, cursor);
}

/**
 * Decides on a picture for the committee: `pass` shows a waiting picture, `reject` removes a waiting or shown one. The
 * same decision again changes nothing. Throws `file.unknown`, `write.contended`.
 */
export async function reviewPhoto(
  deps: Uses<"clock" | "files" | "modules" | "store" | "wakeRelay">,
  actor: Actor,
  id: string,
  verdict: "pass" | "reject",
): Promise<void> {
  const { checks } = deps.files;
  const passes = verdict === "pass";
  const state = passes ? ("attached" as const) : ("rejected" as const);
  await runStep(null, {
    async load() {
      const photo = await checks.find(id);
      const shown = photo && (await photoContext(deps, photo));
      if (!photo || !shown || !actor.communityIds.includes(shown.communityId)) refuse("file.unknown");
      return { photo, shown, steps: [] };
    },
    unchanged: () => true,
    decide({ photo, shown }) {
      if (photo.state === state) return null;
      if (photo.state !== "held" && !(verdict === "reject" && photo.state === "attached")) refuse("file.unknown");
      const who = { id: actor.userId, role: actor.role, name: actor.name };
      return photoEvent(photo, passes ? "photo.passed" : "photo.rejected", shown, who, deps.clock.now());
    },
    async save(event) {
      const { communityId, requestId, requestNo } = event;
      const set = { state, communityId, requestId, requestNo, ...(passes ? { check: "passed" as const } : {}) };
      return (await checks.saveStep(id, set, event)) || null;
    },
    wakeRelay: ({ communityId }) => deps.wakeRelay(communityId),
  });
}
