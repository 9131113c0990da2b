import type { Actor } from "../../../kernel/actor.ts";
import type { Request } from "./request.ts";
import type { RequestParty } from "./request-party.ts";

/**
 * Acting for somebody else (代办). A family member files for an elder, who owns the request. Until the elder
 * consents, in the app or to the handler, the family member sees only the progress. When the elder refuses, the
 * family member sees nothing.
 */

/** Whether the actor is the family member who filed the request, and the resident has not refused consent. */
export const isFamilyFiler = (actor: Actor, { party: { filedBy } }: Pick<Request, "party">): boolean =>
  filedBy?.as === "family" && filedBy.consent?.state !== "refused" && actor.ids.includes(filedBy.id);

/**
 * Whether one of these ids is on the resident's side: the resident, or the family member who filed it, refused or not.
 * Nobody handles a request of their own side, since they would rate themselves.
 */
export const isOnResidentsSide = (
  ids: readonly string[],
  { residentId, party: { filedBy } }: Pick<Request, "residentId"> & { party: Pick<RequestParty, "filedBy"> },
): boolean => ids.includes(residentId) || (filedBy?.as === "family" && ids.includes(filedBy.id));

/** Whether the actor is the family member who filed the request, with the resident's consent. */
export const isConsentedFiler = (actor: Actor, request: Pick<Request, "party">): boolean =>
  isFamilyFiler(actor, request) && request.party.filedBy?.consent?.state === "given";

/** Whether the actor is such a family member with consent to rate as well. */
export const isConsentedRater = (actor: Actor, request: Pick<Request, "party">): boolean =>
  isConsentedFiler(actor, request) && request.party.filedBy?.consent?.mayRate === true;

/** The family member whom an event names besides the resident; null without one, or when consent was refused. */
export const filerSubject = ({ party: { filedBy } }: Pick<Request, "party">): { filerId: string | null } => ({
  filerId: filedBy?.as === "family" && filedBy.consent?.state !== "refused" ? filedBy.id : null,
});
