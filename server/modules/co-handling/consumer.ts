import { endingTaskEvents } from "./domain/co-task.ts";
import { abandoningEvents } from "../../core/domain/requests/request-lifecycle.ts";
import type { Uses } from "../../core/ports.ts";
import { cancelTasks } from "./usecases/cancel-tasks.ts";
import { openTask, endTaskOnRequest } from "./usecases/follow-tasks.ts";
import { readRow } from "../../log/read-row.ts";
import type { LogRow } from "../../log/store/log.ts";
import type { Consumer } from "../../log/consumer.ts";

/** Brings a request and its sub-tasks together again when a process died between the two writes (follow-tasks.ts). */
export function coTasksConsumer(
  deps: Uses<"clock" | "holidays" | "keys" | "store" | "wakeRelay" | "wordCheck">,
): Consumer {
  async function follow(row: LogRow): Promise<void> {
    if (!row.requestId) return;
    if (abandoningEvents.includes(row.type)) return cancelTasks(deps, row.requestId);
    if (endingTaskEvents.includes(row.type)) {
      const task = await deps.store.coTasks.load(row._id.slice(0, row._id.indexOf(":")));
      if (task) await endTaskOnRequest(deps, task.value);
      return;
    }
    // Whose words were erased has no task any more either.
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
