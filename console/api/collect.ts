/** One page of a list, as the API gives it. */
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

/** Several pages as one. `more`: there are further rows that were not fetched. */
export interface Collected<T> {
  items: T[];
  more: boolean;
}

/**
 * Reads pages one after the other until the list ends or `pages` are read. `keyOf` drops a row that moved onto the next page
 * while the pages were being read.
 */
export async function collect<T>(
  read: (cursor: string | undefined) => Promise<Page<T>>,
  pages: number,
  keyOf: (item: T) => string,
): Promise<Collected<T>> {
  const rows = new Map<string, T>();
  let cursor: string | undefined;
  for (let n = 0; n < pages; n += 1) {
    const page = await read(cursor);
    for (const item of page.items) rows.set(keyOf(item), item);
    if (page.nextCursor === null) return { items: [...rows.values()], more: false };
    cursor = page.nextCursor;
  }
  return { items: [...rows.values()], more: true };
}
