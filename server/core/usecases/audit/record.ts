import type { DomainEvent } from "../../../kernel/event.ts";
import type { Actor } from "../../../kernel/actor.ts";

/** An event of the audit trail: not a step of a request, but somebody's use of a power. */
export function auditEvent(
  actor: Actor,
  now: Date,
  what: Pick<DomainEvent, "version" | "type" | "communityId" | "data"> & Partial<DomainEvent>,
): DomainEvent {
  return {
    at: now,
    requestId: null,
    requestNo: null,
    serviceCode: null,
    actor: { id: actor.userId, role: actor.role, name: actor.name },
    subjects: { residentId: null, handlerId: null, previousHandlerId: null },
    ...what,
  };
}
