import { type Query, type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { concerns } from "../../fronts/concerns.ts";
import type { News } from "../../fronts/live-link.ts";
import { pollMsOf } from "./query-client.ts";

/** Fetches every query that a page follows now. What is not shown now is fetched when it is. */
export const invalidateAll = (client: QueryClient): Promise<void> => invalidateWhere(client, () => true);

/** Fetches every followed query whose answer may have changed with the news. */
export const invalidateConcerned = (client: QueryClient, news: readonly News[]): Promise<void> =>
  invalidateWhere(client, ({ queryKey: [key, input] }) => concerns(`${String(key)} ${JSON.stringify(input)}`, news));

/** For whoever has changed something: what the pages show of it is fetched at once. */
export function useInvalidate(): () => void {
  const client = useQueryClient();
  return useCallback(() => void invalidateAll(client), [client]);
}

async function invalidateWhere(client: QueryClient, isStale: (query: Query) => boolean): Promise<void> {
  const predicate = (query: Query): boolean => pollMsOf(query) !== null && isStale(query);
  await Promise.all(
    client
      .getQueryCache()
      .findAll({ type: "active", predicate })
      .map((query) => refetchAfterCurrent(client, query)),
  );
}

/**
 * The answer to a fetch that is under way may be from before the change, so the query is fetched again after it. The
 * library would cancel the fetch; on a slow line a busy community would then never show anything.
 */
async function refetchAfterCurrent(client: QueryClient, { promise, queryKey }: Query): Promise<void> {
  await promise?.catch(() => undefined);
  await client.invalidateQueries({ queryKey, exact: true }, { cancelRefetch: false });
}
