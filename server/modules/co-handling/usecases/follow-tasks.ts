import type { UsesCoTasks } from "../ports.ts";
import { takeStep, termsOf } from "../../../core/usecases/requests/take-step.ts";
import { system } from "../../../kernel/actor.ts";
import { DomainError } from "../../../kernel/errors.ts";
import type { EventRecord } from "../../../kernel/event.ts";
import { stateRecorded } from "../../../kernel/state-recorded.ts";
import { readRow } from "../../../log/read-row.ts";
import { type CoTask, openTaskStates, taskFromEvent } from "../domain/co-task.ts";

/*
 * A task starts with a write of its request and ends with a write of its own. The other document is written second. The
 * request lists the task's id before the task exists and until after it has ended, so a request cannot be resolved
 * while an organization is at work. The use case does the second write at once. When the process dies in between, the
 * consumer does it when it reads the step in the log. Both writes may be repeated.
 */

type Asked = Pick<EventRecord, "at" | "communityId" | "requestId" | "requestNo" | "serviceCode" | "actor" | "data">;

/** The event of the step that opened a task, from the request's outbox or from the log; null: there is none. */
export async function openingStep(
  deps: UsesCoTasks<"store">,
  requestId: string,
  taskId: string,
): Promise<Asked | null> {
  const opens = ({ type, data }: Pick<EventRecord, "type" | "data">): boolean =>
    type === "request.organization_asked" && data["taskId"] === taskId;
  // The outbox is read first, since an event that leaves it meanwhile is already in the log.
  const waiting = (await deps.store.requests.load(requestId))?.outbox.find(opens);
  if (waiting) return waiting;
  const row = (await deps.store.log.ofRequest(requestId)).find((each) => opens(readRow(each)));
  return row ? { ...row, ...readRow(row) } : null;
}

/**
 * Creates the task that a request's step has opened, unless it exists. Its clock is that of the service as it was when
 * the request was filed.
 */
export async function openTask(deps: UsesCoTasks<"holidays" | "store">, event: Asked): Promise<void> {
  const request = event.requestId && (await deps.store.requests.load(event.requestId))?.request;
  if (!request) return;
  const { service, office } = await termsOf(deps, request);
  const task = taskFromEvent(event, service, office);
  const { id, communityId } = task;
  const created = stateRecorded({
    ...{ collection: "co_tasks", id, version: 1, communityId, why: "created", at: event.at },
  });
  await deps.coTasks.insert(task, created, null);
}

/**
 * Removes an ended task from the open tasks of its request, unless that was done. Does nothing for an open task. Throws
 * `write.contended`.
 */
export async function endTaskOnRequest(
  deps: UsesCoTasks<"clock" | "holidays" | "keys" | "store" | "wakeRelay" | "wordCheck">,
  task: CoTask,
): Promise<void> {
  if (openTaskStates.includes(task.state)) return;
  const { requestId, organization, state: taskState } = task;
  const request = (await deps.store.requests.load(requestId))?.request;
  if (!request?.handling.openTasks.includes(task.id)) return;
  try {
    const input = { taskId: task.id, organization, taskState };
    await takeStep(deps, { actor: system, idempotency: null }, requestId, "end-task", input);
  } catch (error) {
    // The task was removed by another call, or the request has ended.
    if (!(error instanceof DomainError) || error.code !== "request.state_conflict") throw error;
  }
}
