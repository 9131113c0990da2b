import { type Actor, holds } from "../../../kernel/actor.ts";
import { actsFor, isFiler, isOnResidentsSide, mayRateFor } from "./behalf.ts";
import { type CoTask, isOfOrganization } from "../../../modules/co-handling/domain/co-task.ts";
import { refuse } from "../../../kernel/errors.ts";
import { isFollower } from "./follow.ts";
import type { Request, Status } from "./request.ts";
import { receives } from "./transfer.ts";

/** How much of a request's personal data the actor sees. `masked`: 138****0001, unit and room starred. */
export type Sight = "full" | "masked";

const needsPersonalData: readonly Status[] = ["claimed", "handling", "waiting", "suspended", "resolved"];

const isOwner = (actor: Actor, request: Pick<Request, "residentId">): boolean => actor.ids.includes(request.residentId);

/** Whether the actor is of the staff of that community, in the role in use. */
export const isStaff = (actor: Actor, communityId: string): boolean =>
  holds(actor, "cadre", communityId) ||
  holds(actor, "committee", communityId) ||
  holds(actor, "supervisor", communityId);

/** Throws `request.unknown` for whoever has no business with the request: that it exists is itself private. */
export function assertMayRead(actor: Actor, request: Request): void {
  if (actor.role === "system") return;
  if (!isParty(actor, request) && !receives(actor, request) && !seesCourseOnly(actor, request))
    refuse("request.unknown");
}

const isParty = (actor: Actor, request: Request): boolean =>
  isOwner(actor, request) || isFiler(actor, request) || isStaff(actor, request.communityId);

/**
 * Whether the actor sees how far it is and who handles it, and nothing of the person, the home and the words: a neighbour who follows
 * it, the counter that accepted it for another community, and a community that has given
 * it away or was asked to take it over.
 */
export const seesCourseOnly = (actor: Actor, request: Request): boolean =>
  !isParty(actor, request) &&
  !receives(actor, request) &&
  (isFollower(actor, request) ||
    [request.acceptedIn, ...request.formerIds, ...request.askedIds].some((id) => id !== null && isStaff(actor, id)));

/** Whether the actor reads internal notes: staff, unless it is their own request. */
export const seesInternal = (actor: Actor, request: Pick<Request, "residentId" | "filedBy" | "communityId">): boolean =>
  isStaff(actor, request.communityId) && !isOnResidentsSide(actor.ids, request);

/**
 * How much the actor sees of a task and of the request behind it; this is the only rule on it. `staff`: all of the task. Of an
 * organization's people, and only theirs: `offer`, what is asked, the request's words and its building; `work`, as long as they have
 * accepted it, also pictures, unit, room and contact; `past`, afterwards, only what the organization itself was asked and did.
 */
export function taskSight(
  actor: Actor,
  task: Pick<CoTask, "communityId" | "organization" | "state">,
  request: Pick<Request, "residentId" | "filedBy" | "communityId">,
): "staff" | "offer" | "work" | "past" | "none" {
  if (seesInternal(actor, request)) return "staff";
  if (!isOfOrganization(actor, task)) return "none";
  if (task.state === "asked") return "offer";
  return task.state === "accepted" ? "work" : "past";
}

/**
 * Full for the resident and the family member who wrote it down, and for the handling cadre until the request is ended.
 * Masked for everybody else.
 */
export function personalData(actor: Actor, request: Request): Sight {
  if (isOwner(actor, request) || isFiler(actor, request)) return "full";
  const handles = request.handlerId === actor.userId && holds(actor, "cadre", request.communityId);
  if (handles && needsPersonalData.includes(request.status)) return "full";
  return "masked";
}

/** Whether the actor sees what was said and done, not only how far it is: a family member needs the resident's consent. */
export const seesTalk = (actor: Actor, request: Request): boolean =>
  isOwner(actor, request) || actsFor(actor, request) || isStaff(actor, request.communityId);

/** As whom somebody reads what has happened to a request. */
export type Reader = "staff" | "resident" | "family" | "follower";

/**
 * As whom the actor reads a request's story. `resident`: also whoever acts for them, and staff who are on their side. `follower`: whoever sees
 * its course only. `family`: everybody else who may read it, such as a family member without the resident's consent.
 */
export function readerOf(actor: Actor, request: Request): Reader {
  if (seesInternal(actor, request)) return "staff";
  if (seesTalk(actor, request)) return "resident";
  return seesCourseOnly(actor, request) ? "follower" : "family";
}

/** Whether the resident has confirmed the home: none of the business of a family member, who might be a stranger. */
export const seesTier = (actor: Actor, request: Request): boolean =>
  isOwner(actor, request) || isStaff(actor, request.communityId);

/** The resident and the committee see a single rating; its handler never does. */
export const seesRating = (actor: Actor, request: Request): boolean =>
  isOwner(actor, request) || mayRateFor(actor, request) || holds(actor, "committee", request.communityId);

/** Callbacks are the business of the committee that makes them; the subdistrict counts them. */
export const seesCallback = (actor: Actor, { communityId }: Pick<Request, "communityId">): boolean =>
  holds(actor, "committee", communityId) || holds(actor, "supervisor", communityId);

/** What became of the messages about a request is for those who answer for it. */
export const seesDeliveries = (actor: Actor, request: Request): boolean => isStaff(actor, request.communityId);

/** Knowledge cards are beside the request for whoever may have to answer it. */
export const seesKnowledge = (actor: Actor, request: Request): boolean => isStaff(actor, request.communityId);

/** Unit and room are for the committee while the home is to be confirmed; afterwards nobody needs them in a list. */
export const seesHome = (actor: Actor, home: { communityId: string; confirmedAt: Date | null }): boolean =>
  holds(actor, "committee", home.communityId) && home.confirmedAt === null;
