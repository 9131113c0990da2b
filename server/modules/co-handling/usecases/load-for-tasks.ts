import type { User } from "../../../core/domain/accounts/user.ts";
import type { Community } from "../../../core/domain/community/community.ts";
import { taskVisibility } from "../domain/task-visibility.ts";
import { seesConversation } from "../../../core/domain/requests/policy.ts";
import type { Request } from "../../../core/domain/requests/request.ts";
import type { Uses } from "../../../core/ports.ts";
import type { UsesCoTasks } from "../ports.ts";
import { type Photos, loadPhotos } from "../../../core/usecases/files/load-photos.ts";
import type { Actor } from "../../../kernel/actor.ts";
import type { TaskOfRequest } from "./list-tasks.ts";

/** Tasks and the data that their replies need. */
export interface LoadedTasks {
  list: readonly TaskOfRequest[];
  communities: readonly (Community | null)[];
  handlers: readonly User[];
  photos: Photos;
}

const unique = (values: readonly string[]): string[] => [...new Set(values)];

/** The pictures of a task, and those of its request if the actor is at work on it. */
const picturesOf = (actor: Actor, { task, request }: TaskOfRequest): string[] => [
  ...task.progress.flatMap(({ fileIds }) => fileIds),
  ...(task.result?.fileIds ?? []),
  ...(taskVisibility(actor, task, request) === "work" ? request.content.fileIds : []),
];

/** The tasks of a request for one reader. */
export interface TasksOfRequest {
  /** The tasks that the actor sees in full. */
  shown: LoadedTasks;
  /**
   * The names of the organizations with an accepted task, for readers who may see the conversation; empty for others.
   */
  coHandlers: readonly string[];
}

/** Loads the tasks of a request for an actor who may read the request. */
export async function loadTasksOfRequest(
  deps: UsesCoTasks<"files" | "store">,
  actor: Actor,
  request: Request,
): Promise<TasksOfRequest> {
  const tasks = await deps.coTasks.ofRequest(request.id);
  const seen = tasks.filter((task) => taskVisibility(actor, task, request) === "staff");
  const accepted = tasks.filter(({ state }) => state === "accepted").map(({ organization }) => organization);
  return {
    shown: await loadForTasks(
      deps,
      actor,
      seen.map((task) => ({ task, request })),
    ),
    coHandlers: seesConversation(actor, request) ? unique(accepted) : [],
  };
}

/** Loads what the replies of these tasks need. */
export async function loadForTasks(
  deps: Uses<"files" | "store">,
  actor: Actor,
  list: readonly TaskOfRequest[],
): Promise<LoadedTasks> {
  const [communities, handlers, photos] = await Promise.all([
    Promise.all(unique(list.map(({ task }) => task.communityId)).map((id) => deps.store.communities.find(id))),
    deps.store.users.findMany(unique(list.flatMap(({ request }) => request.handlerId ?? []))),
    loadPhotos(
      deps,
      list.flatMap((each) => picturesOf(actor, each)),
    ),
  ]);
  return { list, communities, handlers, photos };
}
