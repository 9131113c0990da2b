import { type UseQueryOptions, keepPreviousData, useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { type ApiError, toApiError } from "./error.ts";
import type { PollMs } from "./query-client.ts";

/** Fetched data as a page shows them. Old data stay visible while new data load or fail. */
export interface Loaded<T> {
  data: T | undefined;
  error: ApiError | null;
  /** A fetch that the user asked for is under way; polls do not count. */
  loading: boolean;
  /** When `data` were fetched. */
  at: Date | null;
  reload: () => void;
}

export interface LoadOptions {
  /** The poll interval. A polled query is also refetched after events that concern it and after changes in this tab. */
  pollMs?: PollMs;
  /** After a change of the input, the data of the previous input are not shown while the new ones load. */
  forget?: boolean;
}

/**
 * Options of the query library that all reading hooks share. A query that is not polled is not cached, so that each
 * page reads it anew.
 */
export const sharedOptions = ({ pollMs = null, forget = false }: LoadOptions) => ({
  meta: { pollMs },
  ...(pollMs === null ? { gcTime: 0 } : {}),
  ...(forget ? {} : { placeholderData: keepPreviousData }),
});

/** Fetches with `read` and caches the answer under `queryKey`. Does not fetch while `read` is null. */
export function useLoaded<T>(
  queryKey: readonly unknown[],
  read: ((signal: AbortSignal) => Promise<T>) | null,
  options: LoadOptions & Pick<UseQueryOptions<T>, "initialData" | "staleTime"> = {},
): Loaded<T> {
  const { pollMs, forget, ...rest } = options;
  const asksNothing = read === null;
  const result = useQuery<T>({
    queryKey,
    queryFn: asksNothing ? undefined : ({ signal }) => read(signal).catch(throwApiError),
    enabled: !asksNothing,
    ...sharedOptions({ pollMs, forget: forget ?? asksNothing }),
    ...rest,
  });
  const shown = useShown(queryKey, result);
  return asksNothing ? { ...shown, reload: doNothing } : shown;
}

const doNothing = (): void => undefined;

interface Result<T> {
  data: T | undefined;
  error: ApiError | null;
  isFetching: boolean;
  isPlaceholderData: boolean;
  dataUpdatedAt: number;
  refetch: () => Promise<unknown>;
}

/** Converts the library's result to {@link Loaded}. */
export function useShown<T>(queryKey: readonly unknown[], result: Result<T>): Loaded<T> {
  const id = JSON.stringify(queryKey);
  const { data, error, isFetching, isPlaceholderData, dataUpdatedAt, refetch } = result;
  const [asked, setAsked] = useState(false);
  const shown = useRef<{ id: string; error: ApiError | null; at: number }>({ id, error: null, at: 0 });
  useEffect(() => {
    const { current } = shown;
    // When a query failed without data and is polled again, the library clears its error. The error stays on screen
    // until
    // the answer comes.
    const stays = error === null && data === undefined && !asked && current.id === id;
    shown.current = { id, error: stays ? current.error : error, at: dataUpdatedAt || current.at };
  });
  const reload = useCallback(() => {
    setAsked(true);
    void refetch().finally(() => setAsked(false));
  }, [refetch]);
  const at = dataUpdatedAt || (isPlaceholderData ? shown.current.at : 0);
  const earlier = data === undefined && !asked && shown.current.id === id ? shown.current.error : null;
  return {
    data,
    error: error ?? earlier,
    loading: asked || (isFetching && (isPlaceholderData || (data === undefined && earlier === null))),
    at: at ? new Date(at) : null,
    reload,
  };
}

/** Rethrows a failure as an ApiError. For the `catch` of a query's promise. */
export function throwApiError(thrown: unknown): never {
  throw toApiError(thrown);
}
