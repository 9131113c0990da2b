import type { DomainEvent } from "../../../kernel/event.ts";
import { type Actor, holds } from "../../../kernel/actor.ts";
import { refuse } from "../../../kernel/errors.ts";

/** 投诉. Version 1 is filed, 2 is answered. */
export interface Complaint {
  id: string;
  version: number;
  communityId: string;
  userId: string;
  name: string;
  requestId: string | null;
  requestNo: string | null;
  text: string;
  at: Date;
  answer: { text: string; at: Date; byId: string; byName: string } | null;
}

/** The log says that there is a complaint, not of what or of whom: cadres read the log. */
export function complaintEvent(
  complaint: Complaint,
  type: "complaint.filed" | "complaint.answered",
  actor: DomainEvent["actor"],
  at: Date,
): DomainEvent {
  return {
    version: type === "complaint.filed" ? 1 : 2,
    type,
    at,
    communityId: complaint.communityId,
    requestId: null,
    requestNo: null,
    serviceCode: null,
    actor: type === "complaint.filed" ? { ...actor, role: "resident", name: "" } : actor,
    subjects: { residentId: complaint.userId, handlerId: null, previousHandlerId: null },
    data: {},
  };
}

/** Throws `complaint.unknown` unless it is the committee of that community, `complaint.answered` when it has an answer. */
export function assertMayAnswer(actor: Actor, complaint: Complaint | null): asserts complaint is Complaint {
  // Whoever complains does not answer oneself, whatever role is in use.
  const may = complaint && holds(actor, "committee", complaint.communityId) && !actor.ids.includes(complaint.userId);
  if (!may) refuse("complaint.unknown");
  if (complaint.answer) refuse("complaint.answered");
}
