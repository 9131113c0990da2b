import { system } from "../../../kernel/actor.ts";
import { openTaskStates } from "../domain/co-task.ts";
import { DomainError } from "../../../kernel/errors.ts";
import type { Uses } from "../../../core/ports.ts";
import { takeTaskStep } from "./take-task-step.ts";

/** Ends the tasks of a request that goes on without them: it was withdrawn or rejected. */
export async function cancelTasks(
  deps: Uses<"clock" | "holidays" | "keys" | "store" | "wakeRelay" | "wordCheck">,
  requestId: string,
): Promise<void> {
  for (const task of await deps.store.coTasks.ofRequest(requestId)) {
    if (!openTaskStates.includes(task.state)) continue;
    try {
      await takeTaskStep(deps, { actor: system, idempotency: null }, task.id, "cancel", {});
    } catch (error) {
      // It has ended meanwhile.
      if (!(error instanceof DomainError) || error.code !== "task.state_conflict") throw error;
    }
  }
}
