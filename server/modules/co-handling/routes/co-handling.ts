import type { coHandling } from "../../../../contract/modules/co-handling.ts";
import type { CoTask } from "../domain/co-task.ts";
import { askOrganization, reassignTask } from "../usecases/ask-organization.ts";
import { type TaskOfRequest, listOrganizations, listTasks } from "../usecases/list-tasks.ts";
import { loadTask, takeTaskStepWithPhotos, takeTaskStep } from "../usecases/take-task-step.ts";
import type { Uses } from "../../../core/ports.ts";
import type { UsesCoTasks } from "../ports.ts";
import type { Actor } from "../../../kernel/actor.ts";
import type { Call, Handlers } from "../../../core/http/handler.ts";
import { presentOrganizations, presentTask, presentTasks } from "../presenters/co-task.ts";
import { replyWithRequest } from "../../../core/routes/requests/reply.ts";
import { loadForTasks } from "../usecases/load-for-tasks.ts";

type Deps = UsesCoTasks<
  | ("clock" | "files" | "holidays" | "keys" | "log" | "modules" | "publicUrl" | "store" | "wakeRelay" | "wechat")
  | "wordCheck"
>;

/** A task as the caller may see it. */
const replyWithTask = async (deps: Uses<"clock" | "files" | "keys" | "store">, actor: Actor, one: TaskOfRequest) =>
  presentTask(deps, actor, await loadForTasks(deps, actor, [one]));

type TaskCall = Pick<Call<"POST /api/co-tasks/:id/accept", Deps>, "deps" | "actor">;

/** The task after a step, with the actor's abilities. */
async function shown({ deps, actor }: TaskCall, done: Promise<Pick<CoTask, "id">>) {
  const { id } = await done;
  return replyWithTask(deps, actor, await loadTask(deps, actor, id));
}

export const coHandlingRoutes: Handlers<keyof typeof coHandling.operations, Deps> = {
  "GET /api/organizations": async ({ deps, actor }) => ({
    items: presentOrganizations(await listOrganizations(deps, actor)),
  }),
  "POST /api/requests/:id/ask-organization": async (call) =>
    replyWithRequest(call.deps, call.actor, await askOrganization(call.deps, call, call.params.id, call.body)),
  "GET /api/co-tasks": async ({ deps, actor, query }) => {
    const { items, nextCursor } = await listTasks(deps, actor, query);
    return { items: presentTasks(deps, actor, await loadForTasks(deps, actor, items)), nextCursor };
  },
  "GET /api/co-tasks/:id": async ({ deps, actor, params }) =>
    replyWithTask(deps, actor, await loadTask(deps, actor, params.id)),
  "POST /api/co-tasks/:id/accept": (call) => shown(call, takeTaskStep(call.deps, call, call.params.id, "accept", {})),
  "POST /api/co-tasks/:id/refuse": (call) =>
    shown(call, takeTaskStep(call.deps, call, call.params.id, "refuse", call.body)),
  "POST /api/co-tasks/:id/progress": (call) =>
    shown(call, takeTaskStepWithPhotos(call.deps, call, call.params.id, "progress", call.body)),
  "POST /api/co-tasks/:id/finish": (call) =>
    shown(call, takeTaskStepWithPhotos(call.deps, call, call.params.id, "finish", call.body)),
  "POST /api/co-tasks/:id/withdraw": (call) =>
    shown(call, takeTaskStep(call.deps, call, call.params.id, "withdraw", call.body)),
  "POST /api/co-tasks/:id/reassign": (call) =>
    shown(call, reassignTask(call.deps, call, call.params.id, call.body.organization)),
};
