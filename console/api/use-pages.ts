import { useCallback, useState } from "react";
import type { Collected } from "./collect.ts";
import { type ListKey, type Lists, readPages, readRows } from "./lists.ts";
import { POLL_MS } from "./poll.ts";
import { type Loaded, useLoaded } from "./use-loaded.ts";

const PAGE = 50;
/** Longer lists are not polled: whoever reads so far down wants the rows to stand still. */
const POLLED_PAGES = 2;

/** A list of which the user loads one page more at a time. */
export interface Pages<T> extends Loaded<Collected<T>> {
  loadMore: () => void;
  /** Reads the rows from the first to the `maxRows`th, for printing; what is on screen stays. */
  readAll: (maxRows: number) => Promise<Collected<T>>;
}

/** Reads a list page by page and keeps it fresh. */
export function usePages<K extends ListKey>(key: K, query: Lists[K]["query"]): Pages<Lists[K]["row"]> {
  const asked = `${key} ${JSON.stringify(query)}`;
  const [shown, setShown] = useState({ asked, pages: 1 });
  // Other filters make another list, which begins with its first page.
  const pages = shown.asked === asked ? shown.pages : 1;
  const loaded = useLoaded<Collected<Lists[K]["row"]>>(
    `${asked} ×${pages}`,
    (signal) => readPages(key, query, { pages, limit: PAGE, signal }),
    { pollMs: pages > POLLED_PAGES ? null : POLL_MS },
  );
  const loadMore = useCallback(() => setShown({ asked, pages: pages + 1 }), [asked, pages]);
  const readAll = (maxRows: number) => readRows(key, query, maxRows);
  return { ...loaded, loadMore, readAll };
}
