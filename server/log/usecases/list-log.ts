import { INSTALLATION } from "../../core/domain/audit/audit.ts";
import type { Uses } from "../../core/ports.ts";
import type { Actor } from "../../kernel/actor.ts";
import { refuse } from "../../kernel/errors.ts";
import type { Page } from "../../kernel/page.ts";
import { mayHearOf, visibleInLog } from "../audience.ts";
import type { LogFilter, LogRow } from "../store/log.ts";
import { searchFor, searchLog } from "./search-log.ts";

/** Filters of the service log; `from` (inclusive) and `to` (exclusive) are instants. */
export interface LogQuery {
  communityId?: string | undefined;
  requestId?: string | undefined;
  cadreId?: string | undefined;
  serviceCode?: string | undefined;
  type?: string | undefined;
  q?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  order: "asc" | "desc";
  limit: number;
  cursor?: string | undefined;
}

/**
 * A page of the service log of the actor's communities. With `q` it has the rows whose words say all of it and which
 * the actor may read: a search must not find what it may not show. Rows that the actor is not to hear of are left out
 * of a page. Throws `auth.forbidden`, `cursor.invalid`.
 */
export async function listLog(
  deps: Uses<"store">,
  actor: Actor,
  query: LogQuery,
): Promise<Page<LogRow> & { words: readonly string[] | undefined }> {
  const all = actor.role === "admin" ? [...(await deps.store.communities.ids()), INSTALLATION] : actor.communityIds;
  if (query.communityId && !all.includes(query.communityId)) refuse("auth.forbidden");
  const filter = {
    communityIds: query.communityId ? [query.communityId] : all,
    ...(query.requestId ? { requestId: query.requestId } : {}),
    ...(query.cadreId ? { cadreId: query.cadreId } : {}),
    ...(query.serviceCode ? { serviceCode: query.serviceCode } : {}),
    ...(query.type ? { type: query.type } : {}),
    ...(query.from ? { from: new Date(query.from) } : {}),
    ...(query.to ? { to: new Date(query.to) } : {}),
  };
  const page = async (cursor: string | undefined, narrowed: LogFilter): Promise<Page<LogRow>> => {
    const found = await deps.store.log.list(narrowed, query.order, query.limit, cursor);
    return { ...found, items: found.items.filter(({ type }) => mayHearOf(actor, type)) };
  };
  if (query.q === undefined) return { ...(await page(query.cursor, filter)), words: undefined };
  const search = searchFor(query.q);
  const found = await searchLog((cursor) => page(cursor, { ...filter, terms: search.terms }), {
    keep: (row) => search.finds(row, (data) => visibleInLog(actor, row, data)),
    limit: query.limit,
    cursor: query.cursor,
  });
  return { ...found, words: search.words };
}
