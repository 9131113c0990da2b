import type { EventData } from "../../../../contract/events.ts";
import type { ScheduledEscalation } from "./clocks.ts";
import type { Offer } from "./request-dispatch.ts";
import type { CallbackResult, Rating } from "./request-outcome.ts";
import type { Transfer } from "./request-transfer.ts";
import type { ReturnCode } from "./returns.ts";

export type Action = keyof Inputs;
/** Steps that only the system takes. Front ends have no buttons for them. */
export type SystemAction =
  | "remind"
  | "mark-overdue"
  | "supervise"
  | "close-unrated"
  | "callback-late"
  | "end-callback"
  | "offer"
  | "requeue"
  | "hand-back"
  | "expire-offer"
  | "call-committee"
  | "end-task";
/** Steps that a person takes. */
export type PersonAction = Exclude<Action, SystemAction>;

/** The input of each step. */
export interface Inputs {
  claim: Record<never, never>;
  assign: { cadreId: string; cadreName: string };
  release: { code: ReturnCode; reason: string };
  /** The cadre who takes the request over; null when it stays with its holder. */
  "hand-over": { note: string; cadreId: string | null; cadreName: string | null };
  "first-contact": { note: string };
  note: { text: string; messageId: string };
  "internal-note": { text: string; messageId: string };
  message: { text: string; fileIds: readonly string[]; messageId: string };
  ask: { text: string };
  answer: { text: string };
  resolve: { result: string; fileIds: readonly string[] };
  rate: Omit<Rating, "at">;
  "call-back": { answer: CallbackResult; text: string };
  withdraw: { reason: string };
  reject: { reason: string };
  consent: { agreed: boolean; mayRate: boolean; how: "call" | "visit" };
  "revoke-consent": Record<never, never>;
  /** `to` and the names are those of communities. The caller checks that `to` offers the service. */
  "ask-transfer": Pick<Transfer, "to" | "toName" | "fromName" | "reason">;
  "recall-transfer": Record<never, never>;
  /** The version of the service in the catalogue of the community that takes the request over. */
  "accept-transfer": { serviceVersion: number };
  "refuse-transfer": { reason: string };
  follow: Record<never, never>;
  unfollow: Record<never, never>;
  "ask-extension": { until: Date; reason: string };
  "approve-extension": Record<never, never>;
  "refuse-extension": { reason: string };
  "ask-suspension": { until: Date; reason: string };
  "approve-suspension": Record<never, never>;
  "refuse-suspension": { reason: string };
  resume: Record<never, never>;
  /** `why`: the event's data about the choice of the cadre. */
  offer: Pick<Offer, "cadreId" | "cadreName" | "kind" | "expiresAt"> & {
    why: Pick<EventData<"request.offered">, "why" | "covers" | "until" | "open" | "call">;
  };
  requeue: Record<never, never>;
  "hand-back": Record<never, never>;
  "expire-offer": Record<never, never>;
  "call-committee": Record<never, never>;
  decline: { reason: string };
  /** `taskId`: the id of the new co-handling task. `hours` are counted by the service's clock. */
  "ask-organization": { taskId: string; organization: string; text: string; hours: number };
  "end-task": { taskId: string } & Pick<EventData<"request.task_ended">, "organization" | "taskState">;
  /** The escalation that happens. A second call is refused, since another one is next by then. */
  remind: Pick<ScheduledEscalation, "clock" | "stage">;
  "mark-overdue": Pick<ScheduledEscalation, "clock" | "stage">;
  supervise: Pick<ScheduledEscalation, "clock" | "stage">;
  "close-unrated": Record<never, never>;
  "callback-late": Record<never, never>;
  "end-callback": Record<never, never>;
}
