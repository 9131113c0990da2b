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

/** What somebody is about to file. `building`: default the own one. */
export interface NearbyQuery {
  communityId: string;
  serviceCode: string;
  description: string;
  building?: string | undefined;
}

/** An open request that may be about the same. */
export interface NearbyRequest {
  request: Request;
  /** The words are much alike. */
  alike: boolean;
}

/** Looked at, and offered at most. */
const CANDIDATE_LIMIT = 50;
const OFFER_LIMIT = 3;

/**
 * Near-duplicates of what a resident is about to file: the same service and building, within 72 hours, still open;
 * the most alike first. Only for residents of that community, and only of matters of the whole house. Throws
 * `rate.limited`.
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
    .map((request) => ({ request, like: textSimilarity(description, `${request.title} ${request.description}`) }))
    .toSorted((a, b) => b.like - a.like)
    .slice(0, OFFER_LIMIT)
    .map(({ request, like }) => ({ request, alike: like >= SIMILARITY_THRESHOLD }));
}

/**
 * Follows a request instead of filing the same. Whoever could not have been offered it is told that there is none.
 * Throws `request.unknown`, and as `takeStep` does.
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
