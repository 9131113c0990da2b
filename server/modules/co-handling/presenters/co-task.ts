import type { CoTask as TaskReply, FileRef, Organization as OrganizationReply } from "../../../../contract/index.ts";
import type { RequestDetailOfModules } from "../../../../contract/request.ts";
import type { Actor } from "../../../kernel/actor.ts";
import type { CoTask } from "../domain/co-task.ts";
import { taskAbilities } from "../domain/co-task-steps.ts";
import { refuse } from "../../../kernel/errors.ts";
import { MASK } from "../../../core/domain/privacy/mask.ts";
import { taskVisibility } from "../domain/task-visibility.ts";
import type { Request } from "../../../core/domain/requests/request.ts";
import type { Uses } from "../../../core/ports.ts";
import type { NamedOrganization } from "../usecases/list-tasks.ts";
import type { LoadedTasks, TasksOfRequest } from "../usecases/load-for-tasks.ts";
import { presentCadreCard } from "../../../core/presenters/people/cadre-card.ts";
import { presentFiles } from "../../../core/presenters/files/files.ts";
import { instant, instantOrNull, presentWindow } from "../../../core/presenters/time.ts";

/** Tasks as the actor may see them, with the actor's abilities. */
export function presentTasks(
  deps: Uses<"clock" | "files" | "keys">,
  actor: Actor,
  { list, communities, handlers, photos }: LoadedTasks,
): TaskReply[] {
  const now = deps.clock.now();
  const files = (ids: readonly string[]): FileRef[] => presentFiles(deps, actor, photos, ids);
  return list.map(({ task, request }): TaskReply => {
    const community = communities.find((each) => each?.id === task.communityId);
    const service = community?.services.find(({ serviceCode }) => serviceCode === task.serviceCode);
    const handler = handlers.find(({ id }) => id === request.handlerId);
    const card = handler && presentCadreCard(handler, request.communityId, deps, now);
    return {
      ...plain(task),
      communityName: community?.name ?? "",
      serviceTitle: service?.title ?? task.serviceCode,
      abilities: taskAbilities(task, actor, request, now),
      progress: task.progress.map(({ at, by, text, fileIds }) => ({
        ...{ at: instant(at), by: by.name, text },
        files: files(fileIds),
      })),
      result: task.result && { text: task.result.text, files: files(task.result.fileIds) },
      handler: card ? { name: card.name, dutyPhone: card.dutyPhone } : null,
      matter: matterOf(deps, actor, task, request, files),
    };
  });
}

/** The tasks of a request as its detail reply has them. */
export const presentTasksOfRequest = (
  deps: Uses<"clock" | "files" | "keys">,
  actor: Actor,
  { shown, coHandlers }: TasksOfRequest,
): RequestDetailOfModules => ({ coHandlers: [...coHandlers], tasks: presentTasks(deps, actor, shown) });

/** One task as the actor may see it. */
export const presentTask = (deps: Uses<"clock" | "files" | "keys">, actor: Actor, loaded: LoadedTasks): TaskReply =>
  presentTasks(deps, actor, loaded)[0] ?? refuse("task.unknown");

const plain = (task: CoTask) => ({
  ...{ id: task.id, requestId: task.requestId, requestNo: task.requestNo, communityId: task.communityId },
  ...{ serviceCode: task.serviceCode, organization: task.organization, state: task.state, version: task.version },
  ...{ text: task.text, hours: task.hours, reason: task.reason },
  ...{ askedBy: task.askedBy.name, askedAt: instant(task.askedAt) },
  ...{ respondBy: instant(task.respondBy), resolveBy: instant(task.resolveBy) },
  ...{ acceptedBy: task.acceptedBy?.name ?? null, acceptedAt: instantOrNull(task.acceptedAt) },
  ...{ endedBy: task.endedBy?.name ?? null, endedAt: instantOrNull(task.endedAt) },
  escalation: task.escalation && { ...task.escalation, at: instant(task.escalation.at) },
});

/** The part of the request that the actor's visibility of the task includes; null: none. */
function matterOf(
  { keys: { open } }: Uses<"keys">,
  actor: Actor,
  task: CoTask,
  request: Request,
  files: (ids: readonly string[]) => FileRef[],
): TaskReply["matter"] {
  const sight = taskVisibility(actor, task, request);
  if (sight !== "offer" && sight !== "work") return null;
  const works = sight === "work";
  const { building, unit, room } = request.content.place;
  return {
    title: request.content.title,
    description: request.content.description,
    place: { building, unit: works ? open(unit, "unit") : MASK, room: works ? open(room, "room") : MASK },
    contact: works ? { name: request.content.contact.name, phone: open(request.content.contact.phone, "phone") } : null,
    timeWindow: presentWindow(request),
    files: works ? files(request.content.fileIds) : [],
  };
}

const HOUR = 3_600_000;
const hours = (ms: number | null): number | null => (ms === null ? null : Math.round((ms / HOUR) * 10) / 10);

/** Organizations with their figures. */
export const presentOrganizations = (list: readonly NamedOrganization[]): OrganizationReply[] =>
  list.map(({ responseMs, doneMs, ...rest }) => ({
    ...rest,
    responseHours: hours(responseMs),
    doneHours: hours(doneMs),
  }));
