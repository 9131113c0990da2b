/** One page of a list, as the API gives it. */
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

/** Rows of several pages. `more` is true when further rows exist that were not fetched. */
export interface Collected<T> {
  items: T[];
  more: boolean;
}

/**
 * The rows of pages that were read one after the other. A row that moved to the next page between two reads appears
 * in both; `keyOf` identifies it, and it is returned once.
 */
export function rowsOf<T>(pages: readonly Page<T>[], keyOf: (item: T) => string): Collected<T> {
  const rows = new Map<string, T>();
  for (const { items } of pages) for (const item of items) rows.set(keyOf(item), item);
  return { items: [...rows.values()], more: (pages.at(-1)?.nextCursor ?? null) !== null };
}

/** Reads pages one after the other until the list ends or `maxPages` are read. `keyOf` is as for {@link rowsOf}. */
export async function collect<T>(
  read: (cursor: string | undefined) => Promise<Page<T>>,
  maxPages: number,
  keyOf: (item: T) => string,
): Promise<Collected<T>> {
  const pages: Page<T>[] = [];
  do pages.push(await read(pages.at(-1)?.nextCursor ?? undefined));
  while (pages.length < maxPages && pages.at(-1)?.nextCursor !== null);
  return rowsOf(pages, keyOf);
}
