import type { EventData } from "../../../../contract/events.ts";
import type { Service } from "../../../core/domain/community/community.ts";
import type { OfficeHours } from "../../../core/domain/community/working-time.ts";
import type { Clocks, Rung } from "../../../core/domain/requests/clocks.ts";
import type { Escalation, Request } from "../../../core/domain/requests/request.ts";
import type { Transition } from "../../../kernel/lifecycle.ts";
import { clocksFrom } from "../../../core/domain/requests/sla.ts";
import { type Actor, holds } from "../../../kernel/actor.ts";
import type { EventRecord } from "../../../kernel/event.ts";

export const taskStates = ["asked", "accepted", "done", "refused", "withdrawn"] as const;
export type TaskState = (typeof taskStates)[number];

/** States in which the request waits for the organization. */
export const openTaskStates: readonly TaskState[] = ["asked", "accepted"];

export interface Person {
  id: string;
  name: string;
}

/** One entry of what the organization has done so far. */
export interface Progress {
  at: Date;
  by: Person;
  text: string;
  fileIds: readonly string[];
}

/** A sub-task of a request for another organization (协办任务). Its clocks are its own: `respondBy` to take it, `resolveBy` to have it done. */
export interface CoTask extends Clocks {
  id: string;
  version: number;
  /** The community whose organization it is. The request may move on to another one. */
  communityId: string;
  requestId: string;
  requestNo: string;
  serviceCode: string;
  organization: string;
  state: TaskState;
  /** What is asked of the organization. */
  text: string;
  /** How many hours it was given, as the service's clock counts them. */
  hours: number;
  askedBy: Person;
  askedAt: Date;
  acceptedBy: Person | null;
  acceptedAt: Date | null;
  endedBy: Person | null;
  endedAt: Date | null;
  /** Why it was refused or withdrawn. */
  reason: string | null;
  progress: readonly Progress[];
  result: { text: string; fileIds: readonly string[] } | null;
  /** When the ladder has something to do for it next; null: nothing. */
  nextAt: Date | null;
  escalation: Escalation | null;
}

/** What each step of a task needs. */
export interface TaskInputs {
  accept: Record<never, never>;
  refuse: { reason: string };
  progress: { text: string; fileIds: readonly string[] };
  finish: { result: string; fileIds: readonly string[] };
  withdraw: { reason: string };
  /** Its request has ended without it. */
  cancel: Record<never, never>;
  remind: Pick<Rung, "clock" | "rung">;
  "mark-overdue": Pick<Rung, "clock" | "rung">;
  supervise: Pick<Rung, "clock" | "rung">;
}
export type TaskAction = keyof TaskInputs;
/** Steps that somebody takes. */
export type TaskPersonAction = Exclude<TaskAction, "cancel" | "remind" | "mark-overdue" | "supervise">;

/** The event that each step of a task leaves. */
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

/** What a step's event tells besides which organization it is, and the state of its task. */
export type TaskStepData<A extends TaskAction> = Omit<EventData<TaskEvents[A]>, "organization" | "taskState" | "words">;

/** What of its request decides who may do what with a task. */
export type Lead = Pick<Request, "communityId" | "handlerId" | "residentId" | "filedBy">;

export interface TaskLifecycle {
  subject: { task: CoTask; request: Lead };
  actor: Actor;
  state: TaskState;
  action: TaskAction;
  /** `organization`: one of its people, in that role; `handler` and `committee`: of the request. */
  relation: "organization" | "handler" | "committee" | "system";
  condition: never;
  outcome: never;
  event: TaskEvents[TaskAction];
  store: "task";
}

/** A step with the event that belongs to it. */
type Row<A extends TaskAction> = Transition<TaskLifecycle> & { action: A; event: TaskEvents[A] };

/** Every step of a task, as data: the guard, the `abilities` of each reply and the tests read this. */
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

/** Events with which a task is over. */
export const endingTaskEvents: readonly string[] = taskTransitions
  .filter(({ to }) => to !== "same" && !openTaskStates.includes(to))
  .map(({ event }) => event);

/** An organization has so much of the time to take it or refuse, and never more than half a workday. */
const RESPOND_SHARE = 1 / 4;
const LONGEST_RESPONSE_MINUTES = 240;

/** The clocks of a task that is asked at `start`, on the calendar of the request's service. */
export function taskClocks(start: Date, hours: number, service: Pick<Service, "clock">, office: OfficeHours): Clocks {
  const resolveMinutes = hours * 60;
  const respondMinutes = Math.min(LONGEST_RESPONSE_MINUTES, resolveMinutes * RESPOND_SHARE);
  return clocksFrom(start, { clock: service.clock, respondMinutes, resolveMinutes }, office);
}

/** The task that a step `ask-organization` of its request has opened; everything in it follows from that event. */
export function taskOf(
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
    ...{ reason: null, progress: [], result: null, escalation: null, nextAt: clocks.rungs[0]?.at ?? null },
  };
}

/** Whether the actor is one of the organization's people, in that role. */
export const isOfOrganization = (actor: Actor, task: Pick<CoTask, "communityId" | "organization">): boolean =>
  holds(actor, "partner", task.communityId) && actor.organization === task.organization;
