import type { CommandContext } from "../../../kernel/command.ts";
import { refuse } from "../../../kernel/errors.ts";
import { assertMayRead } from "../../../core/domain/requests/policy.ts";
import type { CoTask } from "../domain/co-task.ts";
import { decideTask } from "../domain/co-task-steps.ts";
import type { Request } from "../../../core/domain/requests/request.ts";
import { withChanges } from "../../../core/domain/requests/request-change.ts";
import { guard } from "../../../core/domain/requests/request-lifecycle.ts";
import type { UsesCoTasks } from "../ports.ts";
import { checkWords } from "../../../core/usecases/requests/check-words.ts";
import { idFromKey, newId } from "../../../kernel/ids.ts";
import { isReplay } from "../../../kernel/idempotency.ts";
import { takeStep } from "../../../core/usecases/requests/take-step.ts";
import { openTask, openingStep } from "./follow-tasks.ts";
import { loadTask, takeTaskStep } from "./take-task-step.ts";

interface Ask {
  organization: string;
  text: string;
  hours: number;
}

/**
 * Asks an organization of the request's community to do a part of the request (协办). Throws as `takeStep` does, and
 * `organization.unknown` when the organization has no user in that community.
 */
export async function askOrganization(
  deps: UsesCoTasks<"clock" | "holidays" | "keys" | "store" | "wakeRelay" | "wordCheck">,
  command: CommandContext,
  requestId: string,
  ask: Ask,
): Promise<Request> {
  const { actor, idempotency } = command;
  const before = (await deps.store.requests.load(requestId))?.request;
  const known = before && (await deps.store.users.ofOrganization(before.communityId, ask.organization)).length > 0;
  const taskId = idempotency ? idFromKey(`task:${requestId}:${actor.userId}:${idempotency.key}`) : newId();
  const input = { taskId, ...ask };
  const request = await takeStep(deps, command, requestId, "ask-organization", input, (reader, found) => {
    assertMayRead(reader, found);
    if (!known) refuse("organization.unknown");
  });
  const opened = await openingStep(deps, requestId, taskId);
  if (opened) await openTask(deps, opened);
  return request;
}

/**
 * Withdraws a task and asks another organization instead. The withdrawal's reason names that organization. Both steps
 * are checked before the first write, so that a refusal changes nothing. When the process ends in between, the task
 * stays withdrawn, and a repeated call with the same idempotency key completes it. Throws as both steps do.
 */
export async function reassignTask(
  deps: UsesCoTasks<"clock" | "holidays" | "keys" | "store" | "wakeRelay" | "wordCheck">,
  command: CommandContext,
  id: string,
  organization: string,
): Promise<CoTask> {
  const { task, steps, request } = await loadTask(deps, command.actor, id);
  if (!(await deps.store.users.ofOrganization(request.communityId, organization)).length)
    refuse("organization.unknown");
  const withdrawal = { reason: `改请${organization}协办` };
  const ask = { organization, text: task.text, hours: task.hours };
  if (!isReplay(command.idempotency, steps)) {
    const context = { actor: command.actor, now: deps.clock.now(), request };
    decideTask(task, "withdraw", withdrawal, context);
    // The second step is checked as if the task were withdrawn, since withdrawing makes room for another one.
    const openTasks = request.handling.openTasks.filter((open) => open !== id);
    guard(withChanges(request, { handling: { openTasks } }), "ask-organization", context.actor, context.now);
    await checkWords(deps, command.actor, ask);
  }
  const withdrawn = await takeTaskStep(deps, command, id, "withdraw", withdrawal);
  await askOrganization(deps, command, request.id, ask);
  return withdrawn;
}
