import type { Actor } from "../../../kernel/actor.ts";
import type { Service } from "../community/community.ts";
import type { Request } from "./request.ts";

/**
 * Following (跟进) instead of filing again: a neighbour of the same community with the same problem follows the
 * progress of the first request. This is possible for services that concern the whole building (`shared`); requests
 * for personal services are not disclosed.
 */

/** The maximal length of the embedded list. Further neighbours file their own requests. */
const MAX_FOLLOWERS = 100;
/**
 * A request is near when it has the same service and place, was filed within this time (72 hours, in ms) and is open.
 */
export const NEARBY_WINDOW_MS = 72 * 3_600_000;

/** Whether the actor follows the request. */
export const isFollower = (actor: Actor, { party: { followers } }: Pick<Request, "party">): boolean =>
  followers.some(({ id }) => actor.ids.includes(id));

/**
 * Whether the actor acts as a resident and has no other relation to the request. A family member who filed it has one,
 * also when the resident has refused consent.
 */
export const isNeighbour = (actor: Actor, request: Pick<Request, "party" | "residentId">): boolean =>
  actor.role === "resident" &&
  !isFollower(actor, request) &&
  ![request.residentId, request.party.filedBy?.id ?? ""].some((id) => actor.ids.includes(id));

/** Whether the list of followers is not full. */
export const hasRoomForFollower = ({ party: { followers } }: Pick<Request, "party">): boolean =>
  followers.length < MAX_FOLLOWERS;

/** Whether a resident of that community may be shown that the request exists. The caller checks that it is open. */
export const isOfferedToNeighbour = (
  { communityId, submittedAt }: Pick<Request, "communityId" | "submittedAt">,
  service: Service,
  home: { communityId: string } | null,
  now: Date,
): boolean =>
  service.shared === true &&
  home?.communityId === communityId &&
  now.getTime() - submittedAt.getTime() <= NEARBY_WINDOW_MS;

/** Events that tell how far a request is. Followers and other readers with progress only see these. */
export const progressEvents: readonly string[] = [
  "request.submitted",
  "request.claimed",
  "request.assigned",
  "request.released",
  "request.transferred",
  "request.requeued",
  "request.handed_back",
  "request.handed_over",
  "request.contacted",
  "request.suspended",
  "request.resumed",
  "request.resolved",
  "request.rated",
  "request.closed_unrated",
  "request.withdrawn",
  "request.rejected",
];

/** Events of following itself. Only the follower is told of them. */
export const followerEvents: readonly string[] = ["request.followed", "request.unfollowed"];

/** The followers that an event names: those who are notified of it, or the one who has just followed or left. */
export function followersNamed(
  type: string,
  followers: Request["party"]["followers"],
  actor: Actor,
): { followerIds?: string[] } {
  const ids = followers.map(({ id }) => id);
  if (followerEvents.includes(type)) return { followerIds: [actor.userId] };
  return progressEvents.includes(type) && ids.length > 0 ? { followerIds: ids } : {};
}

/** All pairs of neighbouring letters or digits, without spaces and punctuation. */
function bigrams(text: string): Set<string> {
  const letters = [...text.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, "")];
  return new Set(letters.slice(1).map((letter, at) => `${letters[at] ?? ""}${letter}`));
}

/** How alike two texts are, 0 to 1: Dice's coefficient of their bigrams, which needs no dictionary of Chinese words. */
export function textSimilarity(a: string, b: string): number {
  const [one, other] = [bigrams(a), bigrams(b)];
  const common = [...one].filter((pair) => other.has(pair)).length;
  return one.size + other.size === 0 ? 0 : (2 * common) / (one.size + other.size);
}

/** From this similarity on, two texts most likely describe the same problem. */
export const SIMILARITY_THRESHOLD = 0.3;
