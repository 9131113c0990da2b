import type { DomainEvent } from "../../../kernel/event.ts";
import { defineLifecycle } from "../../../kernel/lifecycle.ts";
import { type Actor, hasRole } from "../../../kernel/actor.ts";
import { filerSubject, isOnResidentsSide } from "../../../core/domain/requests/proxy-filing.ts";
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
  openTaskStates,
  taskStates,
  taskTransitions,
} from "./co-task.ts";
import type { Escalation } from "../../../core/domain/requests/request-clocks.ts";
import type { Request } from "../../../core/domain/requests/request.ts";
import { nextEscalation, escalationsAfter } from "../../../core/domain/requests/sla.ts";
import { isOfOrganization } from "../../../core/domain/requests/policy.ts";
import { refuse } from "../../../kernel/errors.ts";

/** The lifecycle of a co-handling task. */
export const taskLifecycle = defineLifecycle<TaskLifecycle>({
  states: taskStates,
  stateOf: ({ task }) => task.state,
  relations: {
    organization: (actor, { task }) => isOfOrganization(actor, task),
    handler: (actor, { request }) => request.handlerId === actor.userId && hasRole(actor, "cadre", request.communityId),
    committee: (actor, { request }) =>
      hasRole(actor, "committee", request.communityId) && !isOnResidentsSide(actor.ids, request),
    system: (actor) => actor.role === "system",
  },
  conditions: {},
  notAllowed: { refusal: "task.not_allowed", params: (_subject, action) => ({ action }) },
  stateConflict: { refusal: "task.state_conflict", params: ({ task }, action) => ({ action, state: task.state }) },
  transitions: taskTransitions,
});

/** The steps that the actor may take now, in the order of the table. */
export const taskAbilities = (task: CoTask, actor: Actor, request: Lead, now: Date): TaskPersonAction[] =>
  taskLifecycle.abilities({ task, request }, actor, now) as TaskPersonAction[];

export interface TaskContext {
  actor: Actor;
  now: Date;
  request: Pick<Request, "id" | "no" | "communityId" | "serviceCode" | "residentId" | "handlerId" | "party">;
}

/** The most entries of a task. Work of more steps should be a request of its own. */
const MAX_PROGRESS = 50;

type Effect<A extends TaskAction> = (
  task: CoTask,
  input: TaskInputs[A],
  context: TaskContext,
) => { set: Partial<CoTask>; data: TaskStepData<A> };

const person = ({ actor }: TaskContext): Person => ({ id: actor.userId, name: actor.name });
const ended = (context: TaskContext): Partial<CoTask> => ({ endedBy: person(context), endedAt: context.now });

/**
 * The changes of an escalation step. Throws `task.state_conflict` when it is not the next escalation, because it was
 * taken already.
 */
function escalated(task: CoTask, { clock, stage }: TaskInputs["remind"], level: Escalation["level"]) {
  const next = nextEscalation(task.escalations, task.acceptedAt !== null);
  if (next?.clock !== clock || next.stage !== stage) refuse("task.state_conflict", { action: stage });
  return {
    set: { escalations: escalationsAfter(task.escalations, next), escalation: { level, clock, at: next.at } },
    data: { clock, rung: stage, dueAt: next.at.toISOString() },
  };
}

const effects: { [A in TaskAction]: Effect<A> } = {
  // The resident is notified of this event, so its data may name nothing but the organization.
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
    if (task.progress.length >= MAX_PROGRESS) refuse("task.progress_full", { most: MAX_PROGRESS });
    const entry = { at: context.now, by: person(context), text, fileIds };
    return { set: { progress: [...task.progress, entry] }, data: { text, files: fileIds.length } };
  },
  finish: (_task, { result, fileIds }, context) => ({
    set: { ...ended(context), result: { text: result, fileIds } },
    data: { result, files: fileIds.length },
  }),
  withdraw: (_task, { reason }, context) => ({ set: { ...ended(context), reason }, data: { reason } }),
  cancel: (_task, _input, context) => ({ set: ended(context), data: {} }),
  remind: (task, input) => escalated(task, input, "reminded"),
  "mark-overdue": (task, input) => escalated(task, input, "overdue"),
  supervise: (task, input) => escalated(task, input, "supervised"),
};

/**
 * Decides one step: the changed fields and the event. Throws `task.not_allowed`, `task.state_conflict`,
 * `task.progress_full`.
 */
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
    set: openTaskStates.includes(state) ? whole : { ...whole, escalations: [] },
    event: {
      ...{ version: task.version + 1, type: transition.event, at: now, communityId: request.communityId },
      about: { kind: "task", id: task.id, no: null },
      ...{ requestId: request.id, requestNo: request.no, serviceCode: request.serviceCode },
      actor: { id: actor.userId, role: actor.role, name: actor.name },
      subjects: {
        ...{ residentId: request.residentId, handlerId: request.handlerId, previousHandlerId: null },
        ...filerSubject(request),
        organization: task.organization,
      },
      data: { organization: task.organization, ...data, taskState: state },
    } as DomainEvent<TaskEvents[TaskAction]>,
  };
}

const nextOf = (task: CoTask): Date | null =>
  openTaskStates.includes(task.state) ? (nextEscalation(task.escalations, task.acceptedAt !== null)?.at ?? null) : null;

/** The escalation step that is due at `now`; null: none. */
export function dueTaskStep(
  task: CoTask,
  now: Date,
): { action: "remind" | "mark-overdue" | "supervise"; input: TaskInputs["remind"] } | null {
  if (!task.nextAt || task.nextAt > now) return null;
  const next = nextEscalation(task.escalations, task.acceptedAt !== null);
  if (!next) return null;
  return { action: steps[next.stage], input: { clock: next.clock, stage: next.stage } };
}

/** The step of each escalation stage. */
const steps = { half: "remind", most: "remind", overdue: "mark-overdue", supervised: "supervise" } as const;
