import { type InfiniteData, useInfiniteQuery } from "@tanstack/react-query";
import { useCallback } from "react";
import { type Collected, type Page, rowsOf } from "./collect.ts";
import { type ListKey, type ListQuery, type Row, readPage, readRows } from "./lists.ts";
import { POLL_MS } from "./poll.ts";
import { queryKeyOf } from "./query-client.ts";
import { type LoadOptions, type Loaded, sharedOptions, throwApiError, useLoaded, useShown } from "./use-loaded.ts";

const PAGE = 50;
/**
 * Lists with more loaded pages than this are not polled, because rows must not move while somebody reads further down.
 */
const MAX_POLLED_PAGES = 2;

/** A list to which the user adds one page at a time. */
export interface Pages<T> extends Loaded<Collected<T>> {
  loadMore: () => void;
  /** Reads the first `maxRows` rows, for printing. The rows on screen do not change. */
  readAll: (maxRows: number) => Promise<Collected<T>>;
}

type Cached<T> = InfiniteData<Page<T>, string | undefined>;

const pollMs = (data: unknown): number | null =>
  data !== undefined && (data as Cached<unknown>).pages.length > MAX_POLLED_PAGES ? null : POLL_MS;

const collected = <T extends { id: string }>({ pages }: Cached<T>): Collected<T> => rowsOf(pages, ({ id }) => id);

/** Reads a list page by page and keeps it fresh: a refetch reads as many pages as are shown. */
export function usePages<K extends ListKey>(key: K, query: ListQuery<K>): Pages<Row<K>> {
  const queryKey = queryKeyOf(key, { query }, "pages");
  const result = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }): Promise<Page<Row<K>>> =>
      readPage(key, query, { limit: PAGE, cursor: pageParam, signal }).catch(throwApiError),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    select: collected<Row<K>>,
    ...sharedOptions({ pollMs }),
  });
  const { fetchNextPage, isFetchingNextPage } = result;
  const shown = useShown(queryKey, result);
  const loadMore = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  const readAll = (maxRows: number) => readRows(key, query, maxRows);
  return { ...shown, loading: shown.loading || isFetchingNextPage, loadMore, readAll };
}

/** All rows of a list, at most `maxRows`, kept fresh, for figures that are counted from rows. */
export const useRows = <K extends ListKey>(
  key: K,
  query: ListQuery<K>,
  maxRows: number,
  options: LoadOptions = {},
): Loaded<Collected<Row<K>>> =>
  useLoaded(queryKeyOf(key, { query }, "rows"), (signal) => readRows(key, query, maxRows, signal), options);
