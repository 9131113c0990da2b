import type { NearRequest } from "../../../../contract/index.ts";
import type { Actor } from "../../../kernel/actor.ts";
import { isFollower } from "../../domain/requests/follow.ts";
import type { Uses } from "../../ports.ts";
import type { NearbyRequest } from "../../usecases/requests/nearby-requests.ts";
import { progressOf } from "./request-progress.ts";
import { presentRequests } from "./request.ts";

/** What of near requests is shown to somebody who is about to file the same: of each no more than its course. */
export async function presentNear(
  deps: Uses<"clock" | "files" | "keys" | "store">,
  actor: Actor,
  near: readonly NearbyRequest[],
): Promise<NearRequest[]> {
  const shown = await presentRequests(
    deps,
    actor,
    near.map(({ request }) => request),
  );
  return near.map(({ request, alike }, at): NearRequest => {
    const { id, serviceTitle, place, status, submittedAt, handler } = progressOf(shown[at]!);
    const own = actor.ids.includes(request.residentId) ? "filed" : null;
    const mine = own ?? (isFollower(actor, request) ? "followed" : null);
    const followers = request.followers.length;
    return { id, serviceTitle, building: place.building, status, submittedAt, handler, followers, alike, mine };
  });
}
