import type { DomainEvent } from "../../../kernel/event.ts";
import { defineLifecycle } from "../../../kernel/lifecycle.ts";
import { type Actor, holds } from "../../../kernel/actor.ts";
import { followedBy, isOnResidentsSide } from "../../../core/domain/requests/behalf.ts";
import {
  type CoTask,
  type Lead,
  type Person,
  type TaskAction,
  type TaskEvents,
  type TaskInputs,
  type TaskLifecycle,
  type TaskPersonAction,
  type TaskStepData,
  isOfOrganization,
  openTaskStates,
  taskStates,
  taskTransitions,
} from "./co-task.ts";
import type { Escalation, Request } from "../../../core/domain/requests/request.ts";
import { nextRung, rungsAfter } from "../../../core/domain/requests/sla.ts";
import { refuse } from "../../../kernel/errors.ts";

/** The life of a task. */
export const taskLifecycle = defineLifecycle<TaskLifecycle>({
  states: taskStates,
  stateOf: ({ task }) => task.state,
  relations: {
    organization: (actor, { task }) => isOfOrganization(actor, task),
    handler: (actor, { request }) => request.handlerId === actor.userId && holds(actor, "cadre", request.communityId),
    committee: (actor, { request }) =>
      holds(actor, "committee", request.communityId) && !isOnResidentsSide(actor.ids, request),
    system: (actor) => actor.role === "system",
  },
  conditions: {},
  notAllowed: { refusal: "task.not_allowed", params: (_subject, action) => ({ action }) },
  stateConflict: { refusal: "task.state_conflict", params: ({ task }, action) => ({ action, state: task.state }) },
  transitions: taskTransitions,
});

/** What the actor may do with the task now, in the order of the table. */
export const taskAbilities = (task: CoTask, actor: Actor, request: Lead, now: Date): TaskPersonAction[] =>
  taskLifecycle.abilities({ task, request }, actor, now) as TaskPersonAction[];

export interface TaskContext {
  actor: Actor;
  now: Date;
  request: Pick<Request, "id" | "no" | "communityId" | "serviceCode" | "residentId" | "handlerId" | "filedBy">;
}

/** More is a request of its own. */
const MOST_PROGRESS = 50;

type Effect<A extends TaskAction> = (
  task: CoTask,
  input: TaskInputs[A],
  context: TaskContext,
) => { set: Partial<CoTask>; data: TaskStepData<A> };

const person = ({ actor }: TaskContext): Person => ({ id: actor.userId, name: actor.name });
const ended = (context: TaskContext): Partial<CoTask> => ({ endedBy: person(context), endedAt: context.now });

/** A rung of the ladder. Throws `task.state_conflict` when it is not the one that is next: it was taken. */
function climbed(task: CoTask, { clock, rung }: TaskInputs["remind"], level: Escalation["level"]) {
  const next = nextRung(task.rungs, task.acceptedAt !== null);
  if (next?.clock !== clock || next.rung !== rung) refuse("task.state_conflict", { action: rung });
  return {
    set: { rungs: rungsAfter(task.rungs, next), escalation: { level, clock, at: next.at } },
    data: { clock, rung, dueAt: next.at.toISOString() },
  };
}

const effects: { [A in TaskAction]: Effect<A> } = {
  // The resident is told of this one: nothing but the organization's name may be in it.
  accept: ({ escalation }, _input, context) => ({
    set: {
      acceptedBy: person(context),
      acceptedAt: context.now,
      escalation: escalation?.clock === "respond" ? null : escalation,
    },
    data: {},
  }),
  refuse: (_task, { reason }, context) => ({ set: { ...ended(context), reason }, data: { reason } }),
  progress: (task, { text, fileIds }, context) => {
    if (task.progress.length >= MOST_PROGRESS) refuse("task.progress_full", { most: MOST_PROGRESS });
    const entry = { at: context.now, by: person(context), text, fileIds };
    return { set: { progress: [...task.progress, entry] }, data: { text, files: fileIds.length } };
  },
  finish: (_task, { result, fileIds }, context) => ({
    set: { ...ended(context), result: { text: result, fileIds } },
    data: { result, files: fileIds.length },
  }),
  withdraw: (_task, { reason }, context) => ({ set: { ...ended(context), reason }, data: { reason } }),
  cancel: (_task, _input, context) => ({ set: ended(context), data: {} }),
  remind: (task, input) => climbed(task, input, "reminded"),
  "mark-overdue": (task, input) => climbed(task, input, "overdue"),
  supervise: (task, input) => climbed(task, input, "supervised"),
};

/** Decides one step: what changes, and the event it leaves. Throws `task.not_allowed`, `task.state_conflict`, `task.progress_full`. */
export function decideTask<A extends TaskAction>(
  task: CoTask,
  action: A,
  input: TaskInputs[A],
  context: TaskContext,
): { set: Partial<CoTask>; event: DomainEvent } {
  const { actor, now, request } = context;
  const subject = { task, request };
  const transition = taskLifecycle.guard(subject, action, actor, now);
  const effect: Effect<A> = effects[action];
  const { set, data } = effect(task, input, context);
  const state = taskLifecycle.nextState(subject, transition);
  const after = { ...task, ...set, state };
  const whole: Partial<CoTask> = { ...set, ...(state === task.state ? {} : { state }), nextAt: nextOf(after) };
  return {
    set: openTaskStates.includes(state) ? whole : { ...whole, rungs: [] },
    event: {
      ...{ version: task.version + 1, type: transition.event, at: now, communityId: request.communityId },
      about: { kind: "task", id: task.id, no: null },
      ...{ requestId: request.id, requestNo: request.no, serviceCode: request.serviceCode },
      actor: { id: actor.userId, role: actor.role, name: actor.name },
      subjects: {
        ...{ residentId: request.residentId, handlerId: request.handlerId, previousHandlerId: null },
        ...followedBy(request),
        organization: task.organization,
      },
      data: { organization: task.organization, ...data, taskState: state },
    } as DomainEvent<TaskEvents[TaskAction]>,
  };
}

const nextOf = (task: CoTask): Date | null =>
  openTaskStates.includes(task.state) ? (nextRung(task.rungs, task.acceptedAt !== null)?.at ?? null) : null;

/** The step that is due by itself at `now`, if any. */
export function dueTaskStep(
  task: CoTask,
  now: Date,
): { action: "remind" | "mark-overdue" | "supervise"; input: TaskInputs["remind"] } | null {
  if (!task.nextAt || task.nextAt > now) return null;
  const next = nextRung(task.rungs, task.acceptedAt !== null);
  if (!next) return null;
  return { action: steps[next.rung], input: { clock: next.clock, rung: next.rung } };
}

/** The step that takes each rung. */
const steps = { half: "remind", most: "remind", overdue: "mark-overdue", supervised: "supervise" } as const;
