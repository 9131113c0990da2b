import { system } from "../../../kernel/actor.ts";
import type { CoTask } from "../domain/co-task.ts";
import { dueTaskStep } from "../domain/co-task-steps.ts";
import { DomainError } from "../../../kernel/errors.ts";
import type { UsesCoTasks } from "../ports.ts";
import { takeTaskStep } from "./take-task-step.ts";

/** Tasks per query. */
const BATCH = 200;

/** Takes every due escalation of tasks, as `runDueEscalations` does for requests. Returns the number of steps taken. */
export async function runDueTaskEscalations(
  deps: UsesCoTasks<"clock" | "holidays" | "keys" | "store" | "wakeRelay" | "wordCheck">,
): Promise<number> {
  let taken = 0;
  for (;;) {
    const ids = await deps.coTasks.due(deps.clock.now(), BATCH);
    const before = taken;
    for (const id of ids) taken += await escalateTask(deps, id);
    if (ids.length < BATCH || taken === before) return taken;
  }
}

/** Takes every due escalation of one task. Returns the number of steps taken. */
export async function escalateTask(
  deps: UsesCoTasks<"clock" | "holidays" | "keys" | "store" | "wakeRelay" | "wordCheck">,
  id: string,
): Promise<number> {
  let task: CoTask | undefined = (await deps.coTasks.load(id))?.value;
  for (let taken = 0; ; taken++) {
    const due = task && dueTaskStep(task, deps.clock.now());
    if (!due) return taken;
    try {
      task = await takeTaskStep(deps, { actor: system, idempotency: null }, id, due.action, due.input);
    } catch (error) {
      // Another process has taken the step or changed the task. The next call takes what is due then.
      if (error instanceof DomainError) return taken;
      throw error;
    }
  }
}
