import { endingTaskEvents } from "./domain/co-task.ts";
import { abandoningEvents } from "../../core/domain/requests/request-lifecycle.ts";
import type { UsesCoTasks } from "./ports.ts";
import { cancelTasks } from "./usecases/cancel-tasks.ts";
import { openTask, endTaskOnRequest } from "./usecases/follow-tasks.ts";
import { readRow } from "../../log/read-row.ts";
import type { LogRow } from "../../log/store/log-row.ts";
import type { Consumer } from "../../log/consumer.ts";

/**
 * Completes the second write of a task's start or end when the process died between the two writes (follow-tasks.ts).
 */
export function coTasksConsumer(
  deps: UsesCoTasks<"clock" | "holidays" | "keys" | "store" | "wakeRelay" | "wordCheck">,
): Consumer {
  async function follow(row: LogRow): Promise<void> {
    if (!row.requestId) return;
    if (abandoningEvents.includes(row.type)) return cancelTasks(deps, row.requestId);
    if (endingTaskEvents.includes(row.type)) {
      const task = await deps.coTasks.load(row._id.slice(0, row._id.indexOf(":")));
      if (task) await endTaskOnRequest(deps, task.value);
      return;
    }
    // After an erasure the request has no task any more.
    if (row.type !== "request.organization_asked" || row.payload === null) return;
    await openTask(deps, { ...row, ...readRow(row) });
  }
  return {
    name: "co-tasks",
    async consume(rows) {
      for (const row of rows) await follow(row);
    },
  };
}
