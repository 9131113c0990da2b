import type { CommandContext } from "../../../kernel/command.ts";
import { attachPhotos } from "../../../core/usecases/files/attach-photos.ts";
import type { CoTask, TaskAction, TaskInputs } from "../domain/co-task.ts";
import { decideTask } from "../domain/co-task-steps.ts";
import type { Actor } from "../../../kernel/actor.ts";
import { DomainError, refuse } from "../../../kernel/errors.ts";
import { taskVisibility } from "../domain/task-visibility.ts";
import type { Request } from "../../../core/domain/requests/request.ts";
import type { UsesCoTasks } from "../ports.ts";
import type { Loaded } from "../../../kernel/aggregate-repository.ts";
import { type WordMark, checkWords, marked } from "../../../core/usecases/requests/check-words.ts";
import { isReplay } from "../../../kernel/idempotency.ts";
import { runStep } from "../../../kernel/step-runner.ts";
import { endTaskOnRequest } from "./follow-tasks.ts";

/**
 * A task and its request. Throws `task.unknown` when there is none and when the actor may not see it, since its
 * existence is private.
 */
export async function loadTask(
  deps: UsesCoTasks<"store">,
  actor: Actor,
  id: string,
): Promise<Pick<Loaded<CoTask>, "steps"> & { task: CoTask; request: Request }> {
  const loaded = await deps.coTasks.load(id);
  const request = loaded && (await deps.store.requests.load(loaded.value.requestId))?.request;
  if (!request) refuse("task.unknown");
  if (actor.role !== "system" && taskVisibility(actor, loaded.value, request) === "none") refuse("task.unknown");
  return { task: loaded.value, steps: loaded.steps, request };
}

/**
 * Takes one step of a task. When the step ends the task, the request is updated afterwards, by this call or by the
 * consumer. Throws the refusals of {@link decideTask}, `task.unknown`, `content.refused`, `idempotency.key_reused`,
 * `write.contended`.
 */
export function takeTaskStep<A extends TaskAction>(
  deps: UsesCoTasks<"clock" | "holidays" | "keys" | "store" | "wakeRelay" | "wordCheck">,
  { actor, idempotency }: CommandContext,
  id: string,
  action: A,
  input: TaskInputs[A],
): Promise<CoTask> {
  let mark: WordMark | null = null;
  const settled = async (task: CoTask): Promise<CoTask> => {
    await letGo(deps, task);
    return task;
  };
  return runStep(idempotency, {
    load: () => loadTask(deps, actor, id),
    unchanged: ({ task }) => settled(task),
    async decide({ task, request }) {
      const { set, event } = decideTask(task, action, input, { actor, now: deps.clock.now(), request });
      mark ??= await checkWords(deps, actor, input);
      return { set, event: marked(event, mark) };
    },
    async save({ set, event }) {
      const saved = await deps.coTasks.saveStep(id, set, event, idempotency);
      return saved && settled(saved);
    },
    wakeRelay: ({ event }) => deps.wakeRelay(event.communityId),
  });
}

/**
 * Updates the request after a step. The step is stored already: when the request is contended, the consumer does it
 * later.
 */
async function letGo(
  deps: UsesCoTasks<"clock" | "holidays" | "keys" | "store" | "wakeRelay" | "wordCheck">,
  task: CoTask,
): Promise<void> {
  try {
    await endTaskOnRequest(deps, task);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
  }
}

/**
 * Takes a step with pictures. They are attached first: attaching may be repeated, and a sweep frees pictures that no
 * document shows.
 */
export async function takeTaskStepWithPhotos<A extends "progress" | "finish">(
  deps: UsesCoTasks<
    | "clock"
    | "files"
    | "holidays"
    | "keys"
    | "log"
    | "modules"
    | "publicUrl"
    | "store"
    | "wakeRelay"
    | "wechat"
    | "wordCheck"
  >,
  command: CommandContext,
  id: string,
  action: A,
  input: TaskInputs[A],
): Promise<CoTask> {
  const { task, steps, request } = await loadTask(deps, command.actor, id);
  if (input.fileIds.length) {
    const context = { actor: command.actor, now: deps.clock.now(), request };
    if (!isReplay(command.idempotency, steps)) decideTask(task, action, input, context);
    await attachPhotos(deps, input.fileIds, command.actor.ids, { kind: "task", id });
  }
  return takeTaskStep(deps, command, id, action, input);
}
