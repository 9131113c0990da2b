import type { EventData } from "../../../../contract/events.ts";
import type { Action } from "./request-inputs.ts";

/** The event type of each step of a request. */
export interface RequestEvents extends Record<Action, `request.${string}`> {
  claim: "request.claimed";
  assign: "request.assigned";
  release: "request.released";
  "first-contact": "request.contacted";
  "hand-over": "request.handed_over";
  note: "request.noted";
  "internal-note": "request.internally_noted";
  message: "request.message_sent";
  ask: "request.asked";
  answer: "request.answered";
  resolve: "request.resolved";
  rate: "request.rated";
  "call-back": "request.called_back";
  "callback-late": "request.callback_late";
  "end-callback": "request.callback_ended";
  "close-unrated": "request.closed_unrated";
  withdraw: "request.withdrawn";
  reject: "request.rejected";
  consent: "request.consented";
  "revoke-consent": "request.consent_revoked";
  "ask-transfer": "request.transfer_asked";
  "recall-transfer": "request.transfer_recalled";
  "accept-transfer": "request.transferred";
  "refuse-transfer": "request.transfer_refused";
  follow: "request.followed";
  unfollow: "request.unfollowed";
  "ask-extension": "request.extension_asked";
  "approve-extension": "request.extended";
  "refuse-extension": "request.extension_refused";
  "ask-suspension": "request.suspension_asked";
  "approve-suspension": "request.suspended";
  "refuse-suspension": "request.suspension_refused";
  resume: "request.resumed";
  "ask-organization": "request.organization_asked";
  "end-task": "request.task_ended";
  requeue: "request.requeued";
  "hand-back": "request.handed_back";
  offer: "request.offered";
  decline: "request.declined";
  "expire-offer": "request.offer_expired";
  "call-committee": "request.untaken";
  remind: "request.reminded";
  "mark-overdue": "request.overdue";
  supervise: "request.supervised";
}

/** The data of a step's event, without the status and the deadlines that every event of a request has. */
export type StepData<A extends Action> = Omit<
  EventData<RequestEvents[A]>,
  "status" | "respondBy" | "resolveBy" | "words"
>;
