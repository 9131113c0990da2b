import { type CoTask, taskTransitions } from "./co-task.ts";
import { type OwnStep, sortSteps } from "../../../core/domain/requests/replay.ts";
import { type ReplayedState, type ComparableValue, instant } from "../../../kernel/replay-state.ts";

/** A stored task of an organization as it can be compared with {@link replayTask}. */
export const stateOfTask = (task: Pick<CoTask, TaskField>) =>
  ({
    state: task.state,
    organization: task.organization,
    "acceptedBy.id": task.acceptedBy?.id ?? null,
    acceptedAt: instant(task.acceptedAt),
    "endedBy.id": task.endedBy?.id ?? null,
    endedAt: instant(task.endedAt),
  }) satisfies Record<string, ComparableValue>;

type TaskField = "state" | "organization" | "acceptedBy" | "acceptedAt" | "endedBy" | "endedAt";

const stateAfter = new Map<string, (typeof taskTransitions)[number]["to"]>(
  taskTransitions.map(({ event, to }) => [event, to]),
);

/** The state of a task as its own steps give it; without any it was asked and nothing more. */
export function replayTask(steps: readonly OwnStep[]): ReplayedState<keyof ReturnType<typeof stateOfTask>> {
  const state: ReturnType<typeof replayTask> = {
    ...{ state: "asked", organization: undefined },
    ...{ "acceptedBy.id": null, acceptedAt: null, "endedBy.id": null, endedAt: null },
  };
  for (const { type, at, actorId, organization } of sortSteps(steps)) {
    state.organization = organization ?? undefined;
    const to = stateAfter.get(type) ?? "same";
    if (to === "same") continue;
    state.state = to;
    if (to === "accepted") Object.assign(state, { "acceptedBy.id": actorId, acceptedAt: at.toISOString() });
    else Object.assign(state, { "endedBy.id": actorId, endedAt: at.toISOString() });
  }
  return state;
}
