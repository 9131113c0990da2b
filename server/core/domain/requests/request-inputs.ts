import type { EventData } from "../../../../contract/events.ts";
import type { ScheduledEscalation } from "./clocks.ts";
import type { CallbackResult, Offer, Rating, Transfer } from "./request.ts";
import type { ReturnCode } from "./returns.ts";

export type Action = keyof Inputs;
/** Steps that are due by themselves: nobody has a button for them. */
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
/** Steps that somebody takes. */
export type PersonAction = Exclude<Action, SystemAction>;

/** What each step needs. */
export interface Inputs {
  claim: Record<never, never>;
  assign: { cadreId: string; cadreName: string };
  release: { code: ReturnCode; reason: string };
  /** To whom it goes; null: it stays with its holder. */
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
  /** `to` and the names are of communities that have such a service. */
  "ask-transfer": Pick<Transfer, "to" | "toName" | "fromName" | "reason">;
  "recall-transfer": Record<never, never>;
  /** Of the service in the catalogue of the community that takes it over. */
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
  /** `why`: what the event tells of the choice. */
  offer: Pick<Offer, "cadreId" | "cadreName" | "kind" | "expiresAt"> & {
    why: Pick<EventData<"request.offered">, "why" | "covers" | "until" | "open" | "call">;
  };
  requeue: Record<never, never>;
  "hand-back": Record<never, never>;
  "expire-offer": Record<never, never>;
  "call-committee": Record<never, never>;
  decline: { reason: string };
  /** `taskId`: under which the task is opened; `hours` as the service's clock counts them. */
  "ask-organization": { taskId: string; organization: string; text: string; hours: number };
  "end-task": { taskId: string } & Pick<EventData<"request.task_ended">, "organization" | "taskState">;
  /** The escalation that is taken: taking it again is refused, since another is next then. */
  remind: Pick<ScheduledEscalation, "clock" | "rung">;
  "mark-overdue": Pick<ScheduledEscalation, "clock" | "rung">;
  supervise: Pick<ScheduledEscalation, "clock" | "rung">;
  "close-unrated": Record<never, never>;
  "callback-late": Record<never, never>;
  "end-callback": Record<never, never>;
}
