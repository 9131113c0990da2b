import { system } from "../../../kernel/actor.ts";
import type { CoTask } from "../domain/co-task.ts";
import { dueTaskStep } from "../domain/co-task-steps.ts";
import { DomainError } from "../../../kernel/errors.ts";
import type { Uses } from "../../../core/ports.ts";
import { takeTaskStep } from "./take-task-step.ts";

/** Tasks looked at in one go. */
const BATCH = 200;

/**
 * Takes every escalation that is due for a task, as `runDueEscalations` does for requests. Returns how many steps it
 * took.
 */
export async function runDueTaskEscalations(
  deps: Uses<"clock" | "holidays" | "keys" | "store" | "wakeRelay" | "wordCheck">,
): Promise<number> {
  let taken = 0;
  for (;;) {
    const ids = await deps.store.coTasks.due(deps.clock.now(), BATCH);
    const before = taken;
    for (const id of ids) taken += await escalateTask(deps, id);
    if (ids.length < BATCH || taken === before) return taken;
  }
}

/** The same for one task. */
export async function escalateTask(
  deps: Uses<"clock" | "holidays" | "keys" | "store" | "wakeRelay" | "wordCheck">,
  id: string,
): Promise<number> {
  let task: CoTask | undefined = (await deps.store.coTasks.load(id))?.value;
  for (let taken = 0; ; taken++) {
    const due = task && dueTaskStep(task, deps.clock.now());
    if (!due) return taken;
    try {
      task = await takeTaskStep(deps, { actor: system, idempotency: null }, id, due.action, due.input);
    } catch (error) {
      // Somebody else was faster, or has moved the task meanwhile: what is due now is for the next call.
      if (error instanceof DomainError) return taken;
      throw error;
    }
  }
}
