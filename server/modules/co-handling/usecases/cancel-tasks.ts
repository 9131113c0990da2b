import { system } from "../../../kernel/actor.ts";
import { openTaskStates } from "../domain/co-task.ts";
import { DomainError } from "../../../kernel/errors.ts";
import type { UsesCoTasks } from "../ports.ts";
import { takeTaskStep } from "./take-task-step.ts";

/** Cancels the open tasks of a request that was withdrawn or rejected. */
export async function cancelTasks(
  deps: UsesCoTasks<"clock" | "holidays" | "keys" | "store" | "wakeRelay" | "wordCheck">,
  requestId: string,
): Promise<void> {
  for (const task of await deps.coTasks.ofRequest(requestId)) {
    if (!openTaskStates.includes(task.state)) continue;
    try {
      await takeTaskStep(deps, { actor: system, idempotency: null }, task.id, "cancel", {});
    } catch (error) {
      // The task has ended meanwhile.
      if (!(error instanceof DomainError) || error.code !== "task.state_conflict") throw error;
    }
  }
}
