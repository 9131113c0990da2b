/** The pages of a list, one after another. */
export async function* pagesOf<T>(
  page: (cursor: string | undefined) => Promise<{ items: T[]; nextCursor: string | null }>,
): AsyncGenerator<T[]> {
  let cursor: string | undefined;
  do {
    const { items, nextCursor } = await page(cursor);
    yield items;
    cursor = nextCursor ?? undefined;
  } while (cursor !== undefined);
}

/** All items of a list, read page by page. */
export async function all<T>(page: Parameters<typeof pagesOf<T>>[0]): Promise<T[]> {
  const found: T[] = [];
  for await (const items of pagesOf(page)) found.push(...items);
  return found;
}
