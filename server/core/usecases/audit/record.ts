import type { Actor } from "../../../kernel/actor.ts";
import type { DomainEvent, EventContent, EventType } from "../../../kernel/event.ts";

/** An audit event, which is not a step of a request. */
export function auditEvent<T extends EventType>(
  actor: Actor,
  now: Date,
  what: Pick<DomainEvent, "version" | "about" | "communityId"> &
    Partial<Pick<DomainEvent, "subjects">> &
    EventContent<T>,
): DomainEvent {
  return {
    at: now,
    requestId: null,
    requestNo: null,
    serviceCode: null,
    actor: { id: actor.userId, role: actor.role, name: actor.name },
    subjects: { residentId: null, handlerId: null, previousHandlerId: null },
    ...what,
  } as DomainEvent;
}
