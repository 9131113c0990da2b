import { type Query, type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { invalidatedQueries } from "../../fronts/query-invalidation.ts";
import type { LiveEventNote } from "../../fronts/live-link.ts";
import { pollMsOf } from "./query-client.ts";

/** Refetches all queries on screen. Other queries are refetched when a component shows them again. */
export const invalidateAll = (client: QueryClient): Promise<void> => invalidateWhere(client, () => true);

/** Refetches the queries on screen whose answers may have changed by these events. */
export const invalidateConcerned = (client: QueryClient, news: readonly LiveEventNote[]): Promise<void> =>
  invalidateWhere(client, ({ queryKey: [key, input] }) =>
    invalidatedQueries(`${String(key)} ${JSON.stringify(input)}`, news),
  );

/** Returns a function that refetches all queries on screen, to be called after the user has changed something. */
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
 * Waits for a fetch under way and then refetches, because its answer may be from before the change. The library would
 * cancel the fetch instead; in a busy community with a slow connection no fetch would then ever complete.
 */
async function refetchAfterCurrent(client: QueryClient, { promise, queryKey }: Query): Promise<void> {
  await promise?.catch(() => undefined);
  await client.invalidateQueries({ queryKey, exact: true }, { cancelRefetch: false });
}
