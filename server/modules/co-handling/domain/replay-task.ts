import { type CoTask, taskTransitions } from "./co-task.ts";
import { type AggregateReplay, type OwnStep, sortSteps } from "../../../kernel/replay.ts";
import { type ReplayedState, type ComparableValue, instant } from "../../../kernel/replay-state.ts";

/** The fields of a stored task that {@link replayTask} recomputes. */
const stateOfTask = (task: Pick<CoTask, TaskField>) =>
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

/** The state of a task recomputed from its own steps. Without steps it is `asked`. */
function replayTask(steps: readonly OwnStep[]): ReplayedState<keyof ReturnType<typeof stateOfTask>> {
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

/** The replay of tasks, for log verification. */
export const taskReplay: AggregateReplay<CoTask, keyof ReturnType<typeof stateOfTask>> = {
  collection: "co_tasks",
  unread: ["text", "progress", "result"],
  nameOf: ({ requestNo }) => `诉求 ${requestNo} 的协办`,
  labels: {
    state: "协办状态",
    organization: "协办单位",
    "acceptedBy.id": "接下协办的人",
    acceptedAt: "接下协办的时间",
    "endedBy.id": "了结协办的人",
    endedAt: "协办了结时间",
  },
  stateOf: stateOfTask,
  replay: replayTask,
};
