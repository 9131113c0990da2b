import type { NearRequest } from "../../../../contract/index.ts";
import type { Actor } from "../../../kernel/actor.ts";
import { isFollower } from "../../domain/requests/follow.ts";
import type { NearbyRequest } from "../../usecases/requests/nearby-requests.ts";
import { progressOf } from "./request-progress.ts";
import type { RelatedData } from "../../usecases/requests/load-related.ts";
import { type Presenting, presentRequest } from "./request.ts";

/** Near requests, for a resident who is about to file the same: of each only its progress. */
export const presentNear = (
  deps: Presenting,
  actor: Actor,
  near: readonly NearbyRequest[],
  related: RelatedData,
): NearRequest[] =>
  near.map(({ request, alike }): NearRequest => {
    const { id, serviceTitle, place, status, submittedAt, handler } = progressOf(
      presentRequest(deps, actor, request, related),
    );
    const own = actor.ids.includes(request.residentId) ? "filed" : null;
    const mine = own ?? (isFollower(actor, request) ? "followed" : null);
    const followers = request.party.followers.length;
    return { id, serviceTitle, building: place.building, status, submittedAt, handler, followers, alike, mine };
  });
