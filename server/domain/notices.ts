import type { DomainEvent } from "./request.ts";

type Addressee = "resident" | "handler" | "previousHandler";

/** Who is told of which event. A single rating is never told to its handler (product.md 7). */
const addressees: Readonly<Record<string, readonly Addressee[]>> = {
  "request.claimed": ["resident"],
  "request.assigned": ["resident", "handler", "previousHandler"],
  "request.released": ["resident"],
  "request.contacted": ["resident"],
  "request.noted": ["resident"],
  "request.message_sent": ["resident", "handler"],
  "request.asked": ["resident"],
  "request.answered": ["handler"],
  "request.resolved": ["resident"],
  "request.withdrawn": ["handler"],
  "request.rejected": ["resident", "handler"],
  "resident.confirmed": ["resident"],
};

/** The users to be told of an event, each once, never the one who did it. */
export function toBeTold(event: Pick<DomainEvent, "type" | "actor" | "subjects">): string[] {
  const { residentId, handlerId, previousHandlerId } = event.subjects;
  const ids = { resident: residentId, handler: handlerId, previousHandler: previousHandlerId };
  const told = (addressees[event.type] ?? []).map((who) => ids[who]);
  return [...new Set(told)].filter((id): id is string => id !== null && id !== event.actor.id);
}
