import type { Page } from "../../kernel/page.ts";
import { lookupTerms, queryWords, says, searchableText } from "../search.ts";
import type { LogRow } from "../store/log-row.ts";
import { readRow } from "../read-row.ts";

/** At most so many parts are read for one page. The page may then have few rows and a cursor to continue. */
const MAX_PARTS = 20;
/** A term that no row has. A query without words uses it and finds nothing. */
const IMPOSSIBLE_TERM = ["\u0000"];

type Data = Readonly<Record<string, unknown>>;

/**
 * The search for a query: its words, the terms that a matching row must have, and a check whether a row with those
 * terms contains the words.
 */
export function searchFor(q: string): {
  words: readonly string[];
  terms: readonly string[];
  /** `visible` returns the part of the data that may be searched; default: all of it. */
  finds: (row: LogRow, visible?: (data: Data) => Data) => boolean;
} {
  const words = queryWords(q);
  return {
    words,
    terms: words.length ? lookupTerms(words) : IMPOSSIBLE_TERM,
    finds: (row, visible = (data) => data) => {
      const { actor, data } = readRow(row);
      return says(searchableText(actor, visible(data)), words);
    },
  };
}

/**
 * Collects the rows that `keep` accepts, part by part, until the page has `limit` rows. The cursor is that of the last
 * row read.
 */
export async function searchLog(
  read: (cursor: string | undefined) => Promise<Page<LogRow>>,
  { keep, limit, cursor: start }: { keep: (row: LogRow) => boolean; limit: number; cursor: string | undefined },
): Promise<Page<LogRow>> {
  const items: LogRow[] = [];
  let cursor = start;
  for (let part = 0; part < MAX_PARTS; part++) {
    const page = await read(cursor);
    const kept = page.items.filter(keep);
    // The next part does not fit into this page. A part is not split, since cursors only exist between parts.
    if (items.length > 0 && items.length + kept.length > limit) return { items, nextCursor: cursor ?? null };
    items.push(...kept);
    if (!page.nextCursor || items.length >= limit) return { items, nextCursor: page.nextCursor };
    cursor = page.nextCursor;
  }
  return { items, nextCursor: cursor ?? null };
}
