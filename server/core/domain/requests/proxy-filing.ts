import type { Actor } from "../../../kernel/actor.ts";
import type { Request } from "./request.ts";

/**
 * Acting for somebody else (代办). A family member files for an elder who owns the request; until the elder agrees,
 * in the app or to the handler, the family member knows that it was filed and how far it is, and nothing that was
 * said. Refused, it is the elder's alone.
 */

/** Whether the actor is the family member who filed it, and the resident has not refused that. */
export const isFamilyFiler = (actor: Actor, { filedBy }: Pick<Request, "filedBy">): boolean =>
  filedBy?.as === "family" && filedBy.consent?.state !== "refused" && actor.ids.includes(filedBy.id);

/**
 * Whether somebody with these ids is on the resident's side: the resident, or a family member who filed it, refused
 * or not. Nobody handles a request of the own side, since they would rate themselves.
 */
export const isOnResidentsSide = (
  ids: readonly string[],
  { residentId, filedBy }: Pick<Request, "residentId" | "filedBy">,
): boolean => ids.includes(residentId) || (filedBy?.as === "family" && ids.includes(filedBy.id));

/** Whether the actor is the family member to whom the resident has said yes. */
export const isConsentedFiler = (actor: Actor, request: Pick<Request, "filedBy">): boolean =>
  isFamilyFiler(actor, request) && request.filedBy?.consent?.state === "given";

/** Whether the resident lets this family member rate, too. */
export const isConsentedRater = (actor: Actor, request: Pick<Request, "filedBy">): boolean =>
  isConsentedFiler(actor, request) && request.filedBy?.consent?.mayRate === true;

/** Those who follow a request besides its resident, as an event names them. */
export const filerSubject = ({ filedBy }: Pick<Request, "filedBy">): { filerId: string | null } => ({
  filerId: filedBy?.as === "family" && filedBy.consent?.state !== "refused" ? filedBy.id : null,
});
