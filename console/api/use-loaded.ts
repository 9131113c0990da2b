import { type UseQueryOptions, keepPreviousData, useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { type ApiError, toApiError } from "./error.ts";
import type { PollMs } from "./query-client.ts";

/** What a page shows of something that is fetched. Old data stay visible while new ones load or fail. */
export interface Loaded<T> {
  data: T | undefined;
  error: ApiError | null;
  /** A fetch is under way that the user asked for (not a poll). */
  loading: boolean;
  /** When `data` came. */
  at: Date | null;
  reload: () => void;
}

export interface LoadOptions {
  /**
   * Followed: fetched again so often while the tab is visible, at news that concern it, and after a change made here.
   */
  pollMs?: PollMs;
  /** Nothing of another input is shown while this one's first answer is awaited. */
  forget?: boolean;
}

/**
 * Options of the library that all reading hooks share. What is not followed is not kept, so that each page reads it
 * anew.
 */
export const sharedOptions = ({ pollMs = null, forget = false }: LoadOptions) => ({
  meta: { pollMs },
  ...(pollMs === null ? { gcTime: 0 } : {}),
  ...(forget ? {} : { placeholderData: keepPreviousData }),
});

/** Fetches with `read` and keeps the answer under `queryKey`. A null `read` asks for nothing. */
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

/** The library's result as a page shows it. */
export function useShown<T>(queryKey: readonly unknown[], result: Result<T>): Loaded<T> {
  const id = JSON.stringify(queryKey);
  const { data, error, isFetching, isPlaceholderData, dataUpdatedAt, refetch } = result;
  const [asked, setAsked] = useState(false);
  const shown = useRef<{ id: string; error: ApiError | null; at: number }>({ id, error: null, at: 0 });
  useEffect(() => {
    const { current } = shown;
    // While a query that failed without data is polled, the library has no error: it stays on screen until the answer.
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

/** For a promise's `catch`: what a query fails with is always an ApiError. */
export function throwApiError(thrown: unknown): never {
  throw toApiError(thrown);
}
