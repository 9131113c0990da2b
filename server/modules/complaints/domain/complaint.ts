import { type Actor, holds } from "../../../kernel/actor.ts";
import type { DomainEvent } from "../../../kernel/event.ts";
import { defineLifecycle } from "../../../kernel/lifecycle.ts";

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

/** The event of its next version. The log says that there is a complaint, not of what or of whom: cadres read the log. */
export function complaintEvent(
  complaint: Complaint,
  type: "complaint.filed" | "complaint.answered",
  actor: DomainEvent["actor"],
  at: Date,
): DomainEvent {
  return {
    version: complaint.version + 1,
    type,
    at,
    communityId: complaint.communityId,
    requestId: null,
    requestNo: null,
    serviceCode: null,
    about: { kind: "complaint", id: complaint.id, no: null },
    actor: type === "complaint.filed" ? { ...actor, role: "resident", name: "" } : actor,
    subjects: { residentId: complaint.userId, handlerId: null, previousHandlerId: null },
    data: {},
  };
}

const complaintStates = ["filed", "answered"] as const;

interface ComplaintLifecycle {
  subject: Complaint;
  actor: Actor;
  state: (typeof complaintStates)[number];
  action: "answer";
  /** `complainant`: who filed it, by any of the own accounts. */
  relation: "committee" | "complainant";
  condition: never;
  outcome: never;
  event: "complaint.answered";
  store: "complaint";
}

/**
 * The life of a complaint. Whoever complains does not answer it, whatever role is in use. That there is a complaint is not said to
 * anybody who may not answer it.
 */
export const complaintLifecycle = defineLifecycle<ComplaintLifecycle>({
  states: complaintStates,
  stateOf: ({ answer }) => (answer ? "answered" : "filed"),
  relations: {
    committee: (actor, { communityId }) => holds(actor, "committee", communityId),
    complainant: (actor, { userId }) => actor.ids.includes(userId),
  },
  conditions: {},
  notAllowed: { refusal: "complaint.unknown" },
  stateConflict: { refusal: "complaint.answered" },
  transitions: [
    { action: "answer", from: ["filed"], who: ["committee"], except: ["complainant"], to: "answered", event: "complaint.answered", stores: "complaint", does: "答复投诉" },
  ], // prettier-ignore
});
