import { stale } from "./event-catalogue.ts";
import type { LiveEventNote } from "./live-link.ts";

const queriesOf = new Map<string, readonly string[]>(
  stale.flatMap(([queries, types]) => types.map((type) => [type, queries] as const)),
);
/** The operations that events can invalidate. Others are refetched only by polling. */
const known = new Set(stale.flatMap(([queries]) => queries));

/** A query of one request is invalidated only by events of that request. */
const isAbout = (key: string, query: string, { requestId }: LiveEventNote): boolean =>
  !key.startsWith("GET /api/requests/:id") || (requestId !== null && query.includes(`"${requestId}"`));

/**
 * Whether events may have changed the answer of a query. `query` is the operation's key, a space, and the input as
 * JSON.
 */
export function invalidatedQueries(query: string, news: readonly LiveEventNote[]): boolean {
  const key = query.split(" ", 2).join(" ");
  return news.some((one) => {
    if (one.type === null) return true;
    // A type that is unknown, from a newer server, may concern every operation that any event invalidates.
    const queries = queriesOf.get(one.type);
    return (queries ? queries.includes(key) : known.has(key)) && isAbout(key, query, one);
  });
}
