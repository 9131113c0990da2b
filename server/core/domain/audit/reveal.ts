import { type Actor, hasRole, isCadreOnDuty } from "../../../kernel/actor.ts";
import type { DomainEvent } from "../../../kernel/event.ts";

/** The personal data that can be revealed, one datum at a time. */
export type RevealField = "phone" | "home";
/** Whose datum it is: the contact of a request, or a registered resident. */
export type RevealSubject = "request" | "resident";

/** One reveal of one datum. Version 1: requested. */
export interface Reveal {
  id: string;
  version: number;
  communityId: string;
  userId: string;
  userName: string;
  role: string;
  field: RevealField;
  of: RevealSubject;
  subjectId: string;
  at: Date;
}

/**
 * For this many ms a call with the same idempotency key, after a lost reply, is answered without a new row. Later it is
 * a new reveal.
 */
const REPEATED_MS = 5 * 60_000;

/** Whether a repeated call comes too late to be answered with the earlier reveal. */
export const isRevealExpired = (reveal: Pick<Reveal, "at">, now: Date): boolean =>
  now.getTime() - reveal.at.getTime() > REPEATED_MS;

/**
 * Who may reveal a datum, each time with a reason: the committee for its residents and requests; the subdistrict and a
 * cadre on duty for requests only. The handling cadre sees what the request needs without a reveal.
 */
export const mayReveal = (actor: Actor, of: RevealSubject, communityId: string, now: Date): boolean =>
  hasRole(actor, "committee", communityId) ||
  (of === "request" && (hasRole(actor, "supervisor", communityId) || isCadreOnDuty(actor, communityId, now)));

/**
 * The audit event: who revealed which datum of whom, and why; never the datum itself. It is not part of the request's
 * timeline, which the resident reads.
 */
export function revealEvent(
  reveal: Reveal,
  reason: string,
  about: { residentId: string; requestId: string | null; requestNo: string | null },
): DomainEvent {
  const { residentId, requestId, requestNo } = about;
  return {
    version: 1,
    type: "personal.revealed",
    at: reveal.at,
    communityId: reveal.communityId,
    requestId: null,
    requestNo,
    serviceCode: null,
    about: { kind: "reveal", id: reveal.id, no: null },
    actor: { id: reveal.userId, role: reveal.role, name: reveal.userName },
    subjects: { residentId, handlerId: null, previousHandlerId: null },
    data: { field: reveal.field, of: reveal.of, ...(requestId ? { requestId } : {}), reason },
  };
}
