import type { Input, Reply } from "../../contract/index.ts";
import type { CallOptions, ReadKey } from "./client.ts";
import { type Collected, type Page, collect } from "./collect.ts";
import { read } from "./index.ts";

/** The operations that return a list page by page from a cursor and that have no path parameters. */
export type ListKey = {
  [K in ReadKey]: Input<K> extends { params: unknown } ? never : Reply<K> extends Page<{ id: string }> ? K : never;
}[ReadKey];

/** The query of a list without `cursor` and `limit`, which {@link readPage} sets. */
export type ListQuery<K extends ListKey> = Omit<
  Input<K> extends { query?: infer Q } ? NonNullable<Q> : never,
  "cursor" | "limit"
>;

/** One row of a list. */
export type Row<K extends ListKey> = Reply<K> extends Page<infer R extends { id: string }> ? R : never;

interface Part {
  limit: number;
  cursor: string | undefined;
  signal: AbortSignal | undefined;
}

/** One page of a list: `limit` rows from `cursor` on. */
export const readPage = <K extends ListKey>(
  key: K,
  query: ListQuery<K>,
  { signal, ...part }: Part,
): Promise<Page<Row<K>>> => (read as Ask)(key, { query: { ...query, ...part } }, { signal }) as Promise<Page<Row<K>>>;

/** `read` without its generics. {@link readPage} has checked the key and the query. */
type Ask = (key: string, input: unknown, options: CallOptions) => Promise<unknown>;

/** All rows of a list, at most `maxRows` (a multiple of 100), for figures that are counted from rows. */
export const readRows = <K extends ListKey>(
  key: K,
  query: ListQuery<K>,
  maxRows: number,
  signal?: AbortSignal,
): Promise<Collected<Row<K>>> =>
  collect<Row<K>>(
    (cursor) => readPage(key, query, { limit: 100, cursor, signal }),
    Math.ceil(maxRows / 100),
    ({ id }) => id,
  );
