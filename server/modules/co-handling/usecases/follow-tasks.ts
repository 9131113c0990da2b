import type { Uses } from "../../../core/ports.ts";
import { takeStep, termsOf } from "../../../core/usecases/requests/take-step.ts";
import { system } from "../../../kernel/actor.ts";
import { DomainError } from "../../../kernel/errors.ts";
import type { EventRecord } from "../../../kernel/event.ts";
import { readRow } from "../../../log/read-row.ts";
import { type CoTask, openTaskStates, taskFromEvent } from "../domain/co-task.ts";

/*
 * A task begins with a write of its request and ends with a write of its own; the other document follows. So a
 * request never resolves while an organization is at work: the id is in it before the task is there, and leaves it
 * after the task is over. Whoever takes the step does the second write at once; if the process dies in between, the
 * consumer does it when the step comes by in the log. Both may be repeated.
 */

type Asked = Pick<EventRecord, "at" | "communityId" | "requestId" | "requestNo" | "serviceCode" | "actor" | "data">;

/** The step of a request that has opened a task, wherever it is on its way to the log. */
export async function openingStep(deps: Uses<"store">, requestId: string, taskId: string): Promise<Asked | null> {
  const opens = ({ type, data }: Pick<EventRecord, "type" | "data">): boolean =>
    type === "request.organization_asked" && data["taskId"] === taskId;
  // The outbox first: what leaves it meanwhile is in the log by then.
  const waiting = (await deps.store.requests.load(requestId))?.outbox.find(opens);
  if (waiting) return waiting;
  const row = (await deps.store.log.ofRequest(requestId)).find((each) => opens(readRow(each)));
  return row ? { ...row, ...readRow(row) } : null;
}

/**
 * Makes the task that a request's step has opened, unless it is there: on the clock of the service as the request was
 * filed.
 */
export async function openTask(deps: Uses<"holidays" | "store">, event: Asked): Promise<void> {
  const request = event.requestId && (await deps.store.requests.load(event.requestId))?.request;
  if (!request) return;
  const { service, office } = await termsOf(deps, request);
  await deps.store.coTasks.insert(taskFromEvent(event, service, office), null, null);
}

/**
 * Lets the request of a task that is over go, unless that has been done; of one that is not over, does nothing.
 * Throws `write.contended`.
 */
export async function endTaskOnRequest(
  deps: Uses<"clock" | "holidays" | "keys" | "store" | "wakeRelay" | "wordCheck">,
  task: CoTask,
): Promise<void> {
  if (openTaskStates.includes(task.state)) return;
  const { requestId, organization, state: taskState } = task;
  const request = (await deps.store.requests.load(requestId))?.request;
  if (!request?.openTasks.includes(task.id)) return;
  try {
    const input = { taskId: task.id, organization, taskState };
    await takeStep(deps, { actor: system, idempotency: null }, requestId, "end-task", input);
  } catch (error) {
    // Somebody else has let it go, or it has ended.
    if (!(error instanceof DomainError) || error.code !== "request.state_conflict") throw error;
  }
}
