import { type Actor, hasRole } from "../../../kernel/actor.ts";
import { isConsentedFiler, isFamilyFiler, isOnResidentsSide, isConsentedRater } from "./proxy-filing.ts";
import { refuse } from "../../../kernel/errors.ts";
import { isFollower } from "./follow.ts";
import type { Request, Status } from "./request.ts";
import { receives } from "./transfer.ts";

/** How much of a request's personal data the actor sees. `masked`: 138****0001, and stars for unit and room. */
export type DataVisibility = "full" | "masked";

const needsPersonalData: readonly Status[] = ["claimed", "handling", "waiting", "suspended", "resolved"];

const isOwner = (actor: Actor, request: Pick<Request, "residentId">): boolean => actor.ids.includes(request.residentId);

/** Whether the actor, in the role in use, is staff of that community. */
export const isStaff = (actor: Actor, communityId: string): boolean =>
  hasRole(actor, "cadre", communityId) ||
  hasRole(actor, "committee", communityId) ||
  hasRole(actor, "supervisor", communityId);

/** Whether the actor, in the role in use, belongs to the organization in that community. */
export const isOfOrganization = (actor: Actor, of: { communityId: string; organization: string }): boolean =>
  hasRole(actor, "partner", of.communityId) && actor.organization === of.organization;

/** Throws `request.unknown` for an actor who may not read the request, since its existence is private. */
export function assertMayRead(actor: Actor, request: Request): void {
  if (actor.role === "system") return;
  if (!isParty(actor, request) && !receives(actor, request) && !seesProgressOnly(actor, request))
    refuse("request.unknown");
}

const isParty = (actor: Actor, request: Request): boolean =>
  isOwner(actor, request) || isFamilyFiler(actor, request) || isStaff(actor, request.communityId);

/**
 * Whether the actor sees only the progress and the handler of a request, and neither the person, the home nor the text:
 * a neighbour who follows it, the counter that accepted it for another community, and a community that has transferred
 * it or was asked to take it over.
 */
export const seesProgressOnly = (actor: Actor, request: Request): boolean =>
  !isParty(actor, request) &&
  !receives(actor, request) &&
  (isFollower(actor, request) ||
    [
      request.party.acceptedInCommunityId,
      ...request.transfer.formerCommunityIds,
      ...request.transfer.askedCommunityIds,
    ].some((id) => id !== null && isStaff(actor, id)));

/** Whether the actor reads internal notes: staff, unless they are on the resident's side of the request. */
export const seesInternal = (actor: Actor, request: Pick<Request, "residentId" | "party" | "communityId">): boolean =>
  isStaff(actor, request.communityId) && !isOnResidentsSide(actor.ids, request);

/**
 * Full for the resident, for the family member who filed it, and for the handling cadre until the request has ended.
 * Masked for everybody else.
 */
export function personalData(actor: Actor, request: Request): DataVisibility {
  if (isOwner(actor, request) || isFamilyFiler(actor, request)) return "full";
  const handles = request.handlerId === actor.userId && hasRole(actor, "cadre", request.communityId);
  if (handles && needsPersonalData.includes(request.status)) return "full";
  return "masked";
}

/** Whether the actor sees messages and results, beyond the progress. A family member needs the resident's consent. */
export const seesConversation = (actor: Actor, request: Request): boolean =>
  isOwner(actor, request) || isConsentedFiler(actor, request) || isStaff(actor, request.communityId);

/** The audience as which an actor reads the events of a request. */
export type Reader = "staff" | "resident" | "family" | "follower";

/**
 * The audience as which the actor reads a request's timeline. `resident`: also a family member with consent, and staff
 * on the resident's side. `follower`: actors who see the progress only. `family`: everybody else who may read it, such
 * as a family member without the resident's consent.
 */
export function readerOf(actor: Actor, request: Request): Reader {
  if (seesInternal(actor, request)) return "staff";
  if (seesConversation(actor, request)) return "resident";
  return seesProgressOnly(actor, request) ? "follower" : "family";
}

/**
 * Whether the actor sees if the resident's home is confirmed, and the id of the resident's account. The id contains the
 * time at which the account was made, which tells whether the phone already had one. A family member sees neither,
 * since it might be a stranger.
 */
export const seesAccount = (actor: Actor, request: Request): boolean =>
  isOwner(actor, request) || isStaff(actor, request.communityId);

/**
 * Whether the actor sees a single rating: the resident, a family member with consent to rate, and the committee; never
 * the handler.
 */
export const seesRating = (actor: Actor, request: Request): boolean =>
  isOwner(actor, request) || isConsentedRater(actor, request) || hasRole(actor, "committee", request.communityId);

/** Whether the actor sees callbacks: the committee that makes them and the subdistrict that counts them. */
export const seesCallback = (actor: Actor, { communityId }: Pick<Request, "communityId">): boolean =>
  hasRole(actor, "committee", communityId) || hasRole(actor, "supervisor", communityId);

/** Whether the actor sees what became of the messages about a request: staff of the community. */
export const seesDeliveries = (actor: Actor, request: Request): boolean => isStaff(actor, request.communityId);

/** Whether the actor sees the knowledge card beside a request: staff of the community, who may have to handle it. */
export const seesKnowledge = (actor: Actor, request: Request): boolean => isStaff(actor, request.communityId);

/** Whether the actor sees unit and room in a list: the committee while the home is not confirmed yet. */
export const seesHome = (actor: Actor, home: { communityId: string; confirmedAt: Date | null }): boolean =>
  hasRole(actor, "committee", home.communityId) && home.confirmedAt === null;
