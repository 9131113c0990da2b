import { stale } from "./event-catalogue.ts";
import type { LiveEventNote } from "./live-link.ts";

const queriesOf = new Map<string, readonly string[]>(
  stale.flatMap(([queries, types]) => types.map((type) => [type, queries] as const)),
);
/** Queries that some event makes out of date. Any other is asked for again by its own poll only. */
const known = new Set(stale.flatMap(([queries]) => queries));

/** A request's own queries are out of date only with news of that request. */
const isAbout = (key: string, query: string, { requestId }: LiveEventNote): boolean =>
  !key.startsWith("GET /api/requests/:id") || (requestId !== null && query.includes(`"${requestId}"`));

/** Whether the answer to a query (its operation's key, a space, and what was asked) may have changed with the news. */
export function invalidatedQueries(query: string, news: readonly LiveEventNote[]): boolean {
  const key = query.split(" ", 2).join(" ");
  return news.some((one) => {
    if (one.type === null) return true;
    // A type of a later server may concern whatever any event does.
    const queries = queriesOf.get(one.type);
    return (queries ? queries.includes(key) : known.has(key)) && isAbout(key, query, one);
  });
}
