import { type Actor, holds, onDuty } from "../../../kernel/actor.ts";
import type { DomainEvent } from "../../../kernel/event.ts";

/** What can be looked at in clear, one at a time. */
export type RevealField = "phone" | "home";
/** Whose: the contact of a request, or a registered resident. */
export type RevealOf = "request" | "resident";

/** One look at one datum. Version 1: asked for. */
export interface Reveal {
  id: string;
  version: number;
  communityId: string;
  userId: string;
  userName: string;
  role: string;
  field: RevealField;
  of: RevealOf;
  subjectId: string;
  at: Date;
}

/** Asked again under the same intent (a lost reply), it is answered without a new row for so long, ms; then a look is a new one. */
const REPEATED_MS = 5 * 60_000;

export const isOver = (reveal: Pick<Reveal, "at">, now: Date): boolean =>
  now.getTime() - reveal.at.getTime() > REPEATED_MS;

/**
 * Who may look, each time with a reason: the committee at its residents and requests; the subdistrict and a cadre on
 * duty at requests only. Handling cadres see what they need without asking.
 */
export const mayReveal = (actor: Actor, of: RevealOf, communityId: string, now: Date): boolean =>
  holds(actor, "committee", communityId) ||
  (of === "request" && (holds(actor, "supervisor", communityId) || onDuty(actor, communityId, now)));

/** The row: who looked at what of whom, and why; never the datum. It is no part of the request's story, which its resident reads. */
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
