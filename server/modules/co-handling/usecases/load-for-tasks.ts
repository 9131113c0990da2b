import type { User } from "../../../core/domain/accounts/user.ts";
import type { Community } from "../../../core/domain/community/community.ts";
import { taskVisibility } from "../../../core/domain/requests/policy.ts";
import type { Uses } from "../../../core/ports.ts";
import { type Photos, loadPhotos } from "../../../core/usecases/files/load-photos.ts";
import type { Actor } from "../../../kernel/actor.ts";
import type { TaskOfRequest } from "./list-tasks.ts";

/** Tasks with what they are shown with. */
export interface LoadedTasks {
  list: readonly TaskOfRequest[];
  communities: readonly (Community | null)[];
  handlers: readonly User[];
  photos: Photos;
}

const unique = (values: readonly string[]): string[] => [...new Set(values)];

/** Pictures of a task; those of its request only for whoever is at it. */
const picturesOf = (actor: Actor, { task, request }: TaskOfRequest): string[] => [
  ...task.progress.flatMap(({ fileIds }) => fileIds),
  ...(task.result?.fileIds ?? []),
  ...(taskVisibility(actor, task, request) === "work" ? request.fileIds : []),
];

/** Loads what these tasks are shown with, for all of them at once. */
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
