import type { Actor } from "../../../kernel/actor.ts";
import type { Service } from "../community/community.ts";
import type { Request } from "./request.ts";

/**
 * Following (跟进) instead of filing again: somebody of the same community who has the same trouble hears how far the first request
 * is. Only of services that are a matter of the whole house (`shared`): that a neighbour asked for meals is nobody's business.
 */

/** Embedded lists are capped: who comes later files. */
const MOST_FOLLOWERS = 100;
/** Near is the same service and place, within 72 hours, still open. */
export const NEAR_MS = 72 * 3_600_000;

export const isFollower = (actor: Actor, { followers }: Pick<Request, "followers">): boolean =>
  followers.some(({ id }) => actor.ids.includes(id));

/** Somebody acting as a resident who is on no side of it; whoever filed it for the family is, also when the resident has refused that. */
export const isNeighbour = (actor: Actor, request: Pick<Request, "followers" | "residentId" | "filedBy">): boolean =>
  actor.role === "resident" &&
  !isFollower(actor, request) &&
  ![request.residentId, request.filedBy?.id ?? ""].some((id) => actor.ids.includes(id));

export const roomToFollow = ({ followers }: Pick<Request, "followers">): boolean => followers.length < MOST_FOLLOWERS;

/** Whether a resident of that community may be shown that there is such a request. Its state is the business of whoever looks for it. */
export const isOffered = (
  { communityId, submittedAt }: Pick<Request, "communityId" | "submittedAt">,
  service: Service,
  home: { communityId: string } | null,
  now: Date,
): boolean =>
  service.shared === true && home?.communityId === communityId && now.getTime() - submittedAt.getTime() <= NEAR_MS;

/** Events that tell how far a request is: what followers hear and see, and whoever else sees its course only. */
export const courseEvents: readonly string[] = [
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

/** Who follows besides: their own steps change nothing for anybody else. */
export const followerEvents: readonly string[] = ["request.followed", "request.unfollowed"];

/** The followers that an event names: those who are told of it, and whoever has just left. */
export function followersNamed(
  type: string,
  followers: Request["followers"],
  actor: Actor,
): { followerIds?: string[] } {
  const ids = followers.map(({ id }) => id);
  if (followerEvents.includes(type)) return { followerIds: [actor.userId] };
  return courseEvents.includes(type) && ids.length > 0 ? { followerIds: ids } : {};
}

/** Two letters or characters in a row, of what is neither space nor sign. */
function bigrams(text: string): Set<string> {
  const letters = [...text.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, "")];
  return new Set(letters.slice(1).map((letter, at) => `${letters[at] ?? ""}${letter}`));
}

/** How alike two texts are, 0 to 1: Dice's coefficient of their bigrams, which needs no dictionary of Chinese words. */
export function likeness(a: string, b: string): number {
  const [one, other] = [bigrams(a), bigrams(b)];
  const common = [...one].filter((pair) => other.has(pair)).length;
  return one.size + other.size === 0 ? 0 : (2 * common) / (one.size + other.size);
}

/** From here on two texts most likely tell of the same trouble. */
export const ALIKE = 0.3;
