import type { EventData } from "../../../../contract/events.ts";
import type { Service } from "../../../core/domain/community/community.ts";
import type { OfficeHours } from "../../../core/domain/community/working-time.ts";
import type { Clocks, ScheduledEscalation } from "../../../core/domain/requests/clocks.ts";
import type { Escalation } from "../../../core/domain/requests/request-clocks.ts";
import type { Request } from "../../../core/domain/requests/request.ts";
import type { Transition } from "../../../kernel/lifecycle.ts";
import { clocksFrom } from "../../../core/domain/requests/sla.ts";
import type { Actor } from "../../../kernel/actor.ts";
import type { EventRecord } from "../../../kernel/event.ts";

export const taskStates = ["asked", "accepted", "done", "refused", "withdrawn"] as const;
export type TaskState = (typeof taskStates)[number];

/** States in which the request waits for the organization. */
export const openTaskStates: readonly TaskState[] = ["asked", "accepted"];

export interface Person {
  id: string;
  name: string;
}

/** A progress entry that the organization wrote. */
export interface Progress {
  at: Date;
  by: Person;
  text: string;
  fileIds: readonly string[];
}

/**
 * A part of a request for another organization (协办任务). It has its own clocks: `respondBy` to accept it,
 * `resolveBy` to finish it.
 */
export interface CoTask extends Clocks {
  id: string;
  version: number;
  /** The community of the organization. The request may later be transferred to another community. */
  communityId: string;
  requestId: string;
  requestNo: string;
  serviceCode: string;
  organization: string;
  state: TaskState;
  /** The instruction to the organization. */
  text: string;
  /** The hours given to the organization, counted by the service's clock. */
  hours: number;
  askedBy: Person;
  askedAt: Date;
  acceptedBy: Person | null;
  acceptedAt: Date | null;
  endedBy: Person | null;
  endedAt: Date | null;
  /** The reason of a refusal or withdrawal. */
  reason: string | null;
  progress: readonly Progress[];
  result: { text: string; fileIds: readonly string[] } | null;
  /** When the next escalation is due; null: none. */
  nextAt: Date | null;
  escalation: Escalation | null;
}

/** The input of each step of a task. */
export interface TaskInputs {
  accept: Record<never, never>;
  refuse: { reason: string };
  progress: { text: string; fileIds: readonly string[] };
  finish: { result: string; fileIds: readonly string[] };
  withdraw: { reason: string };
  /** The request has ended while the task was open. */
  cancel: Record<never, never>;
  remind: Pick<ScheduledEscalation, "clock" | "stage">;
  "mark-overdue": Pick<ScheduledEscalation, "clock" | "stage">;
  supervise: Pick<ScheduledEscalation, "clock" | "stage">;
}
export type TaskAction = keyof TaskInputs;
/** The steps that a person takes. */
export type TaskPersonAction = Exclude<TaskAction, "cancel" | "remind" | "mark-overdue" | "supervise">;

/** The event of each step of a task. */
export interface TaskEvents extends Record<TaskAction, `task.${string}`> {
  accept: "task.accepted";
  refuse: "task.refused";
  progress: "task.noted";
  finish: "task.done";
  withdraw: "task.withdrawn";
  cancel: "task.cancelled";
  remind: "task.reminded";
  "mark-overdue": "task.overdue";
  supervise: "task.supervised";
}

/** The data of a step's event, without the organization and state that every task event has. */
export type TaskStepData<A extends TaskAction> = Omit<EventData<TaskEvents[A]>, "organization" | "taskState" | "words">;

/** The fields of the request that decide who may take which step of a task. */
export type Lead = Pick<Request, "communityId" | "handlerId" | "residentId" | "party">;

export interface TaskLifecycle {
  subject: { task: CoTask; request: Lead };
  actor: Actor;
  state: TaskState;
  action: TaskAction;
  /** `organization`: a person of it, in the role of a partner; `handler` and `committee`: those of the request. */
  relation: "organization" | "handler" | "committee" | "system";
  condition: never;
  outcome: never;
  event: TaskEvents[TaskAction];
  store: "task";
}

/** A transition with its action's event. */
type Row<A extends TaskAction> = Transition<TaskLifecycle> & { action: A; event: TaskEvents[A] };

/** Every step of a task: the source of the guard, the `abilities` in replies and the tests. */
export const taskTransitions: readonly { [A in TaskAction]: Row<A> }[TaskAction][] = [
  { action: "accept", from: ["asked"], who: ["organization"], to: "accepted", event: "task.accepted", stores: "task", does: "接下协办" },
  { action: "refuse", from: ["asked"], who: ["organization"], to: "refused", event: "task.refused", stores: "task", does: "不接协办" },
  { action: "progress", from: ["accepted"], who: ["organization"], to: "same", event: "task.noted", stores: "task", does: "协办进展" },
  { action: "finish", from: ["accepted"], who: ["organization"], to: "done", event: "task.done", stores: "task", does: "协办办好" },
  { action: "withdraw", from: openTaskStates, who: ["handler", "committee"], to: "withdrawn", event: "task.withdrawn", stores: "task", does: "撤回协办" },
  { action: "cancel", from: openTaskStates, who: ["system"], to: "withdrawn", event: "task.cancelled", stores: "task", does: "诉求已结束" },
  { action: "remind", from: openTaskStates, who: ["system"], to: "same", event: "task.reminded", stores: "task", does: "催办" },
  { action: "mark-overdue", from: openTaskStates, who: ["system"], to: "same", event: "task.overdue", stores: "task", does: "超时" },
  { action: "supervise", from: openTaskStates, who: ["system"], to: "same", event: "task.supervised", stores: "task", does: "督办" },
]; // prettier-ignore

/** Events that end a task. */
export const endingTaskEvents: readonly string[] = taskTransitions
  .filter(({ to }) => to !== "same" && !openTaskStates.includes(to))
  .map(({ event }) => event);

/** The share of the time in which the organization must accept or refuse, and its upper limit of half a workday. */
const RESPOND_SHARE = 1 / 4;
const MAX_RESPONSE_MINUTES = 240;

/** The clocks of a task that begins at `start` and has `hours` hours, on the calendar of the request's service. */
export function taskClocks(start: Date, hours: number, service: Pick<Service, "clock">, office: OfficeHours): Clocks {
  const resolveMinutes = hours * 60;
  const respondMinutes = Math.min(MAX_RESPONSE_MINUTES, resolveMinutes * RESPOND_SHARE);
  return clocksFrom(start, { clock: service.clock, respondMinutes, resolveMinutes }, office);
}

/** The task that a request's step `ask-organization` has opened. It follows from that event alone. */
export function taskFromEvent(
  event: Pick<EventRecord, "at" | "communityId" | "requestId" | "requestNo" | "serviceCode" | "actor" | "data">,
  service: Pick<Service, "clock">,
  office: OfficeHours,
): CoTask {
  const data = event.data as { taskId: string; organization: string; text: string; hours: number };
  const clocks = taskClocks(event.at, data.hours, service, office);
  return {
    ...{ id: data.taskId, version: 0, communityId: event.communityId, state: "asked", ...clocks },
    ...{ requestId: event.requestId ?? "", requestNo: event.requestNo ?? "", serviceCode: event.serviceCode ?? "" },
    ...{ organization: data.organization, text: data.text, hours: data.hours },
    ...{ askedBy: { id: event.actor.id, name: event.actor.name }, askedAt: event.at },
    ...{ acceptedBy: null, acceptedAt: null, endedBy: null, endedAt: null },
    ...{ reason: null, progress: [], result: null, escalation: null, nextAt: clocks.escalations[0]?.at ?? null },
  };
}
