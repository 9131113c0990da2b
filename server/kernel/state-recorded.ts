import { system } from "./actor.ts";
import type { DomainEvent, EventData } from "./event.ts";

/** A stored document and the step that commits to it. */
interface Recorded {
  collection: string;
  id: string;
  /** The version after the step. */
  version: number;
  communityId: string;
  why: EventData<"state.recorded">["why"];
  at: Date;
}

/**
 * The event of a document that no other event of its own describes, so that its row commits to its state: one that
 * another aggregate's step has created, or one that is older than commitments.
 */
export const stateRecorded = ({ collection, id, version, communityId, why, at }: Recorded): DomainEvent => ({
  ...{ version, type: "state.recorded", at, communityId, data: { collection, why } },
  ...{ requestId: null, requestNo: null, serviceCode: null },
  about: { kind: "document", id, no: null },
  actor: { id: system.userId, role: system.role, name: system.name },
  subjects: { residentId: null, handlerId: null, previousHandlerId: null },
});
