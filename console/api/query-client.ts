import { type Query, QueryClient } from "@tanstack/react-query";
import type { ApiError } from "./error.ts";

/**
 * How often a query is fetched again, ms; null: only on mount and on demand. A function decides by the data at hand.
 */
export type PollMs = number | null | ((data: unknown) => number | null);

declare module "@tanstack/react-query" {
  interface Register {
    defaultError: ApiError;
    queryMeta: { pollMs: PollMs };
  }
}

/**
 * Makes the cache of one person in one role. Every mount fetches; components that mount meanwhile share the fetch.
 * Errors are shown at once and not retried behind the page. Calls are tried whatever the browser thinks of its network.
 */
export const createQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: { networkMode: "always", retry: false, staleTime: 0, refetchOnWindowFocus: false },
      mutations: { networkMode: "always", retry: false },
    },
  });

/** The shortest `pollMs` of the components that show a query; null: none of them follows it. */
export function pollMsOf({ observers, state }: Query): number | null {
  let shortest: number | null = null;
  for (const { options } of observers) {
    const wanted = options.meta?.pollMs ?? null;
    const ms = typeof wanted === "function" ? wanted(state.data) : wanted;
    if (ms !== null && (shortest === null || ms < shortest)) shortest = ms;
  }
  return shortest;
}

/** The key of an operation's query; `more` tells apart caches of different shape that read the same operation. */
export const queryKeyOf = (key: string, input: unknown, ...more: unknown[]): readonly unknown[] => [
  key,
  input,
  ...more,
];

/** Stores what a step has returned. A fetch under way may be from before the step: it is cancelled and made again. */
export function putAnswer(client: QueryClient, queryKey: readonly unknown[], data: unknown): void {
  const filters = { queryKey, exact: true };
  const isUnderWay = client.isFetching(filters) > 0;
  void client.cancelQueries(filters);
  client.setQueryData(queryKey, data);
  if (isUnderWay) void client.invalidateQueries(filters);
}
