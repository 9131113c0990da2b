import { INSTALLATION } from "../../core/domain/audit/audit.ts";
import type { Sealed } from "../../core/domain/requests/request-content.ts";
import type { Uses } from "../../core/ports.ts";
import type { Actor } from "../../kernel/actor.ts";
import { refuse } from "../../kernel/errors.ts";
import type { Page } from "../../kernel/page.ts";
import { mayHearOf, unheardTypes, visibleInLog } from "../audience.ts";
import type { LogFilter } from "../store/log-filter.ts";
import type { LogRow } from "../store/log-row.ts";
import { searchFor, searchLog } from "./search-log.ts";

/** Filters of the service log; `from` (inclusive) and `to` (exclusive) are ISO instants. */
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

/** The context with which a cursor is encrypted. */
const CURSOR = "log-cursor";

/** The position in an encrypted cursor. Throws `cursor.invalid`. */
function openCursor(keys: Uses<"keys">["keys"], cursor: string): string {
  try {
    return keys.open(cursor as Sealed, CURSOR);
  } catch {
    return refuse("cursor.invalid");
  }
}

/**
 * A page of the service log of the actor's communities. Rows of types that the actor may not know of are left out. A
 * page is as long without them, and cursors are encrypted since they contain a position. With `q` the page has the rows
 * whose text contains all words of the query, counting only text that the actor may read. Throws
 * `auth.forbidden`, `cursor.invalid`.
 */
export async function listLog(
  deps: Uses<"keys" | "store">,
  actor: Actor,
  query: LogQuery,
): Promise<Page<LogRow> & { words: readonly string[] | undefined }> {
  const all = actor.role === "admin" ? [...(await deps.store.communities.ids()), INSTALLATION] : actor.communityIds;
  if (query.communityId && !all.includes(query.communityId)) refuse("auth.forbidden");
  const unheard = unheardTypes(actor);
  if (query.type && !mayHearOf(actor, query.type)) return { items: [], nextCursor: null, words: undefined };
  const filter = {
    communityIds: query.communityId ? [query.communityId] : all,
    ...(query.requestId ? { requestId: query.requestId } : {}),
    ...(query.cadreId ? { cadreId: query.cadreId } : {}),
    ...(query.serviceCode ? { serviceCode: query.serviceCode } : {}),
    ...(query.type ? { type: query.type } : {}),
    withoutTypes: unheard,
    ...(query.from ? { from: new Date(query.from) } : {}),
    ...(query.to ? { to: new Date(query.to) } : {}),
  };
  const page = (after: string | undefined, narrowed: LogFilter): Promise<Page<LogRow>> =>
    deps.store.log.list(narrowed, query.order, query.limit, after);
  const cursor = query.cursor === undefined ? undefined : openCursor(deps.keys, query.cursor);
  const sealed = <T extends Page<LogRow>>(found: T): T => ({
    ...found,
    nextCursor: found.nextCursor && deps.keys.seal(found.nextCursor, CURSOR),
  });
  if (query.q === undefined) return { ...sealed(await page(cursor, filter)), words: undefined };
  const search = searchFor(query.q);
  const found = await searchLog((after) => page(after, { ...filter, terms: search.terms }), {
    keep: (row) => search.finds(row, (data) => visibleInLog(actor, row, data)),
    limit: query.limit,
    cursor,
  });
  return { ...sealed(found), words: search.words };
}
