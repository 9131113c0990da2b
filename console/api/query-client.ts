import { type Query, QueryClient } from "@tanstack/react-query";
import type { ApiError } from "./error.ts";

/**
 * The poll interval of a query, ms. Null: fetched only on mount and on demand. A function chooses it by the current
 * data.
 */
export type PollMs = number | null | ((data: unknown) => number | null);

declare module "@tanstack/react-query" {
  interface Register {
    defaultError: ApiError;
    queryMeta: { pollMs: PollMs };
  }
}

/**
 * Creates the query cache of one person in one role. Every mount fetches, and components that mount during a fetch
 * share it. Errors are shown at once, without retries in the background. Calls are made even when the browser
 * reports that it is offline.
 */
export const createQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: { networkMode: "always", retry: false, staleTime: 0, refetchOnWindowFocus: false },
      mutations: { networkMode: "always", retry: false },
    },
  });

/** The shortest `pollMs` of the components that show a query. Null: none of them polls. */
export function pollMsOf({ observers, state }: Query): number | null {
  let shortest: number | null = null;
  for (const { options } of observers) {
    const wanted = options.meta?.pollMs ?? null;
    const ms = typeof wanted === "function" ? wanted(state.data) : wanted;
    if (ms !== null && (shortest === null || ms < shortest)) shortest = ms;
  }
  return shortest;
}

/** The cache key of an operation's query. `more` separates caches of different shape that read the same operation. */
export const queryKeyOf = (key: string, input: unknown, ...more: unknown[]): readonly unknown[] => [
  key,
  input,
  ...more,
];

/**
 * Stores the reply of a step as the answer of a query. A fetch under way may be from before the step, so it is
 * cancelled and made again.
 */
export function putAnswer(client: QueryClient, queryKey: readonly unknown[], data: unknown): void {
  const filters = { queryKey, exact: true };
  const isUnderWay = client.isFetching(filters) > 0;
  void client.cancelQueries(filters);
  client.setQueryData(queryKey, data);
  if (isUnderWay) void client.invalidateQueries(filters);
}
