import type { Actor } from "../../domain/actor.ts";
import { INSTALLATION } from "../../domain/audit.ts";
import { refuse } from "../../domain/errors.ts";
import type { Deps } from "../../ports.ts";
import type { LogRow } from "../../store/log.ts";
import type { Page } from "../../store/requests.ts";

/** Filters of the service log; `from` (inclusive) and `to` (exclusive) are instants. */
export interface LogQuery {
  communityId?: string | undefined;
  requestId?: string | undefined;
  cadreId?: string | undefined;
  serviceCode?: string | undefined;
  type?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  order: "asc" | "desc";
  limit: number;
  cursor?: string | undefined;
}

/** A page of the service log of the actor's communities. Throws `auth.forbidden`, `cursor.invalid`. */
export async function listLog(deps: Deps, actor: Actor, query: LogQuery): Promise<Page<LogRow>> {
  const all = actor.role === "admin" ? [...(await deps.store.communities.ids()), INSTALLATION] : actor.communityIds;
  if (query.communityId && !all.includes(query.communityId)) refuse("auth.forbidden");
  return deps.store.log.list(
    {
      communityIds: query.communityId ? [query.communityId] : all,
      ...(query.requestId ? { requestId: query.requestId } : {}),
      ...(query.cadreId ? { cadreId: query.cadreId } : {}),
      ...(query.serviceCode ? { serviceCode: query.serviceCode } : {}),
      ...(query.type ? { type: query.type } : {}),
      ...(query.from ? { from: new Date(query.from) } : {}),
      ...(query.to ? { to: new Date(query.to) } : {}),
    },
    query.order,
    query.limit,
    query.cursor,
  );
}
