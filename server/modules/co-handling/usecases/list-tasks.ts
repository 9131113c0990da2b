import type { Page } from "../../../kernel/page.ts";
import type { Actor } from "../../../kernel/actor.ts";
import { type CoTask, type TaskState, openTaskStates, taskStates } from "../domain/co-task.ts";
import { refuse } from "../../../kernel/errors.ts";
import { taskVisibility } from "../domain/task-visibility.ts";
import type { Request } from "../../../core/domain/requests/request.ts";
import type { UsesCoTasks } from "../ports.ts";
import type { OrganizationFigures } from "../store/co-tasks.ts";

/** A task and its request. */
export interface TaskOfRequest {
  task: CoTask;
  request: Request;
}

export interface TaskQuery {
  scope?: "asked" | "accepted" | "ended" | undefined;
  organization?: string | undefined;
  communityId?: string | undefined;
  limit: number;
  cursor?: string | undefined;
}

const scopes: Record<NonNullable<TaskQuery["scope"]>, readonly TaskState[]> = {
  asked: ["asked"],
  accepted: ["accepted"],
  ended: taskStates.filter((state) => !openTaskStates.includes(state)),
};

/**
 * A page of tasks, newest first. Partners get those of their organization, staff those of their communities. Throws
 * `auth.forbidden`.
 */
export async function listTasks(
  deps: UsesCoTasks<"store">,
  actor: Actor,
  query: TaskQuery,
): Promise<Page<TaskOfRequest>> {
  if (query.communityId && !actor.communityIds.includes(query.communityId)) refuse("auth.forbidden");
  const own = actor.role === "partner" ? (actor.organization ?? refuse("auth.forbidden")) : query.organization;
  const { items, nextCursor } = await deps.coTasks.list(
    {
      communityIds: query.communityId ? [query.communityId] : actor.communityIds,
      ...(own === undefined ? {} : { organization: own }),
      ...(query.scope ? { states: scopes[query.scope] } : {}),
    },
    query.limit,
    query.cursor,
  );
  const requests = new Map(
    (await deps.store.requests.findMany(items.map(({ requestId }) => requestId))).map((request) => [
      request.id,
      request,
    ]),
  );
  const seen = items.flatMap((task) => {
    const request = requests.get(task.requestId);
    return request && taskVisibility(actor, task, request) !== "none" ? [{ task, request }] : [];
  });
  return { items: seen, nextCursor };
}

const DAY = 86_400_000;
/** The period of an organization's figures, days. */
export const FIGURES_DAYS = 90;

/** An organization of a community, the number of its users there, and its figures of the last 90 days. */
export interface NamedOrganization extends OrganizationFigures {
  people: number;
  communityName: string;
}

/** The organizations of the actor's communities: those with users, and those with tasks in that period. */
export async function listOrganizations(
  deps: UsesCoTasks<"clock" | "store">,
  actor: Actor,
): Promise<NamedOrganization[]> {
  const since = new Date(deps.clock.now().getTime() - FIGURES_DAYS * DAY);
  const figures = await deps.coTasks.figures(actor.communityIds, since);
  const people = await deps.store.users.organizations(actor.communityIds);
  const keyOf = (at: { communityId: string; organization: string }) => `${at.communityId} ${at.organization}`;
  const known = new Map(figures.map((row) => [keyOf(row), row]));
  const counts = new Map(people.map((row) => [keyOf(row), row.people]));
  const nothing = { asked: 0, open: 0, done: 0, refused: 0, late: 0, responseMs: null, doneMs: null };
  const all = [
    ...people.map((row) => known.get(keyOf(row)) ?? { ...row, ...nothing }),
    ...figures.filter((row) => !counts.has(keyOf(row))),
  ];
  const ids = [...new Set(all.map(({ communityId }) => communityId))];
  const communities = await Promise.all(ids.map((id) => deps.store.communities.find(id)));
  const names = new Map(communities.map((community) => [community?.id, community?.name ?? ""]));
  return all
    .map((row) => ({
      ...row,
      people: counts.get(keyOf(row)) ?? 0,
      communityName: names.get(row.communityId) ?? "",
    }))
    .toSorted(
      (a, b) => a.communityId.localeCompare(b.communityId) || a.organization.localeCompare(b.organization, "zh"),
    );
}
