import { type Actor, hasRole } from "../../../kernel/actor.ts";
import type { DomainEvent } from "../../../kernel/event.ts";
import { defineLifecycle } from "../../../kernel/lifecycle.ts";

/** A complaint (投诉). Version 1 is filed, version 2 is answered. */
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

/**
 * The event of a complaint's next version. It has neither the text nor the complainant's name, since cadres read the
 * log.
 */
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
  /** `complainant`: the person who filed it, through any account. */
  relation: "committee" | "complainant";
  condition: never;
  outcome: never;
  event: "complaint.answered";
  store: "complaint";
}

/**
 * The lifecycle of a complaint. Complainants cannot answer their own complaint, in whatever role. To all who may not
 * answer, the refusal is `complaint.unknown`, so that a complaint's existence stays private.
 */
export const complaintLifecycle = defineLifecycle<ComplaintLifecycle>({
  states: complaintStates,
  stateOf: ({ answer }) => (answer ? "answered" : "filed"),
  relations: {
    committee: (actor, { communityId }) => hasRole(actor, "committee", communityId),
    complainant: (actor, { userId }) => actor.ids.includes(userId),
  },
  conditions: {},
  notAllowed: { refusal: "complaint.unknown" },
  stateConflict: { refusal: "complaint.answered" },
  transitions: [
    { action: "answer", from: ["filed"], who: ["committee"], except: ["complainant"], to: "answered", event: "complaint.answered", stores: "complaint", does: "答复投诉" },
  ], // prettier-ignore
});
