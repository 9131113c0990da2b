import type { Page } from "../../kernel/page.ts";
import { lookupTerms, queryWords, says, searchableText } from "../search.ts";
import type { LogRow } from "../store/log.ts";
import { readRow } from "../read-row.ts";

/** A page has so many parts at most; a search that finds less is shown with a way on. */
const MAX_PARTS = 20;
/** A term that no row has: a query without a word finds nothing. */
const IMPOSSIBLE_TERM = ["\u0000"];

type Data = Readonly<Record<string, unknown>>;

/**
 * What a query looks for: its words, the terms that a row must have, and whether a row that has them says the words.
 */
export function searchFor(q: string): {
  words: readonly string[];
  terms: readonly string[];
  /** `visible`: what of the data may be looked through; without it all. */
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

/** Gathers a page of those that `keep` lets through; the cursor is that of the last row looked at. */
export async function searchLog(
  read: (cursor: string | undefined) => Promise<Page<LogRow>>,
  { keep, limit, cursor: start }: { keep: (row: LogRow) => boolean; limit: number; cursor: string | undefined },
): Promise<Page<LogRow>> {
  const items: LogRow[] = [];
  let cursor = start;
  for (let part = 0; part < MAX_PARTS; part++) {
    const page = await read(cursor);
    const kept = page.items.filter(keep);
    // A page that has no room for all of a part is as long as it becomes: its rows are not split, since a cursor is
    // of a part.
    if (items.length > 0 && items.length + kept.length > limit) return { items, nextCursor: cursor ?? null };
    items.push(...kept);
    if (!page.nextCursor || items.length >= limit) return { items, nextCursor: page.nextCursor };
    cursor = page.nextCursor;
  }
  return { items, nextCursor: cursor ?? null };
}
