import type { DomainEvent } from "./request.ts";

type Addressee = "resident" | "handler" | "previousHandler" | "filer";

/** Who is told of which event. A single rating is never told to its handler (product.md 7). */
const addressees: Readonly<Record<string, readonly Addressee[]>> = {
  "request.submitted": ["resident"],
  "request.claimed": ["resident", "filer"],
  "request.assigned": ["resident", "handler", "previousHandler", "filer"],
  "request.released": ["resident", "filer"],
  "request.contacted": ["resident", "filer"],
  "request.noted": ["resident", "filer"],
  "request.message_sent": ["resident", "handler", "filer"],
  "request.asked": ["resident", "filer"],
  "request.answered": ["handler", "resident", "filer"],
  "request.resolved": ["resident", "filer"],
  "request.withdrawn": ["handler", "resident", "filer"],
  "request.rejected": ["resident", "handler", "filer"],
  "request.consented": ["resident", "handler", "filer"],
  "request.consent_revoked": ["handler"],
  "resident.confirmed": ["resident"],
  "photo.rejected": ["resident", "handler"],
  "photo.passed": ["resident", "handler"],
};

/** The users to be told of an event, each once, never the one who did it. */
export function toBeTold(event: Pick<DomainEvent, "type" | "actor" | "subjects">): string[] {
  const { residentId, handlerId, previousHandlerId, filerId = null } = event.subjects;
  const ids = { resident: residentId, handler: handlerId, previousHandler: previousHandlerId, filer: filerId };
  const told = (addressees[event.type] ?? []).map((who) => ids[who]);
  return [...new Set(told)].filter((id): id is string => id !== null && id !== event.actor.id);
}
