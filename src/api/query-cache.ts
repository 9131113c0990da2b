import { type Store, createStore } from "../lib/store";
import type { ApiError } from "./error";

/** The cached state of one query. The last answer is kept while a newer one is loaded, and when loading fails. */
export interface Entry {
  data: unknown;
  error: ApiError | null;
  /** When the answer came, ms since 1970; 0 when it is out of date. */
  at: number;
  /**
   * How often the entry was invalidated. Visible pages refetch when it grows, even while an older answer is on its way.
   */
  round: number;
  pending: Promise<void> | null;
}

const MAX_ENTRIES = 80;
const entries = new Map<string, Store<Entry>>();

const fresh: Entry = { data: undefined, error: null, at: 0, round: 0, pending: null };

/** The entry of a query; creates it on first use. */
export function entryOf(id: string): Store<Entry> {
  const known = entries.get(id);
  if (known) return known;
  if (entries.size >= MAX_ENTRIES) {
    const oldest = entries.keys().next().value;
    if (oldest !== undefined) entries.delete(oldest);
  }
  const made = createStore(fresh);
  entries.set(id, made);
  return made;
}

/** Invalidates all queries whose id starts with `prefix`. Visible pages refetch at once, others when they are shown. */
export const refreshQueries = (prefix: string): void => refreshWhere((id) => id.startsWith(prefix));

/** Invalidates all queries for which `outdated` returns true. */
export function refreshWhere(outdated: (id: string) => boolean): void {
  for (const [id, entry] of entries) {
    const known = entry.get();
    if (outdated(id)) entry.set({ ...known, at: 0, round: known.round + 1, pending: null });
  }
}

/** Clears all answers, to be called when another person logs in or the role changes. */
export function forgetQueries(): void {
  for (const entry of entries.values()) entry.set({ ...fresh, round: entry.get().round + 1 });
}
