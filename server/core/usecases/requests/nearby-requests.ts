import type { CommandContext } from "../../../kernel/command.ts";
import type { Actor } from "../../../kernel/actor.ts";
import {
  SIMILARITY_THRESHOLD,
  NEARBY_WINDOW_MS,
  isOfferedToNeighbour,
  textSimilarity,
} from "../../domain/requests/follow.ts";
import { assertMayRead } from "../../domain/requests/policy.ts";
import type { Request } from "../../domain/requests/request.ts";
import type { Uses } from "../../ports.ts";
import { consumeLimit } from "../accounts/limits.ts";
import { takeStep } from "./take-step.ts";

/** A request that somebody is about to file. `building`: by default the resident's own. */
export interface NearbyQuery {
  communityId: string;
  serviceCode: string;
  description: string;
  building?: string | undefined;
}

/** An open request that may be about the same problem. */
export interface NearbyRequest {
  request: Request;
  /** Whether the texts are similar. */
  alike: boolean;
}

/** How many requests are compared, and how many are returned at most. */
const CANDIDATE_LIMIT = 50;
const OFFER_LIMIT = 3;

/**
 * Open requests that may be duplicates of the one that a resident is about to file: the same service and building,
 * within 72 hours; the most similar first. Only for residents of that community, and for services that concern the
 * whole building. Throws `rate.limited`.
 */
export async function findNearbyRequests(
  deps: Uses<"clock" | "limiter" | "store">,
  actor: Actor,
  wanted: NearbyQuery,
): Promise<NearbyRequest[]> {
  if (actor.role !== "resident") return [];
  await consumeLimit(deps, "nearUser", actor.userId);
  const { communityId, serviceCode, description } = wanted;
  const user = await deps.store.users.find(actor.userId);
  const building = wanted.building ?? user?.registration?.building;
  const community = await deps.store.communities.find(communityId);
  const service = community?.services.find((one) => one.serviceCode === serviceCode);
  if (!service || !building) return [];
  const now = deps.clock.now();
  const since = new Date(now.getTime() - NEARBY_WINDOW_MS);
  const found = await deps.store.requests.openNear({ communityId, serviceCode, building }, since, CANDIDATE_LIMIT);
  return found
    .filter((request) => isOfferedToNeighbour(request, service, user?.registration ?? null, now))
    .map((request) => ({
      request,
      like: textSimilarity(description, `${request.content.title} ${request.content.description}`),
    }))
    .toSorted((a, b) => b.like - a.like)
    .slice(0, OFFER_LIMIT)
    .map(({ request, like }) => ({ request, alike: like >= SIMILARITY_THRESHOLD }));
}

/**
 * Follows a request instead of filing the same. Throws `request.unknown`, also for a resident to whom it could not have
 * been offered, and as `takeStep` does.
 */
export async function followRequest(
  deps: Uses<"clock" | "holidays" | "keys" | "store" | "wakeRelay" | "wordCheck">,
  command: CommandContext,
  requestId: string,
): Promise<Request> {
  const user = await deps.store.users.find(command.actor.userId);
  const home = user?.registration ?? null;
  return takeStep(deps, command, requestId, "follow", {}, (actor, request, service) => {
    if (!isOfferedToNeighbour(request, service, home, deps.clock.now())) assertMayRead(actor, request);
  });
}
