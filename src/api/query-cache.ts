import { type Store, createStore } from "../lib/store";
import type { ApiError } from "./error";

/** What is known of one query: the last answer stays while a newer one is asked for, or fails. */
export interface Entry {
  data: unknown;
  error: ApiError | null;
  /** When the answer came, ms since 1970; 0: out of date. */
  at: number;
  /**
   * How often it was made out of date: pages in front ask again whenever it grows, also while an older answer is on
   * its way.
   */
  round: number;
  pending: Promise<void> | null;
}

const MAX_ENTRIES = 80;
const entries = new Map<string, Store<Entry>>();

const fresh: Entry = { data: undefined, error: null, at: 0, round: 0, pending: null };

/** The entry of a query, made at first asking. */
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

/** Marks every query whose id starts so as out of date: pages in front ask again now, others when they are shown. */
export const refreshQueries = (prefix: string): void => refreshWhere((id) => id.startsWith(prefix));

/** The same, for every query that `outdated` says so of. */
export function refreshWhere(outdated: (id: string) => boolean): void {
  for (const [id, entry] of entries) {
    const known = entry.get();
    if (outdated(id)) entry.set({ ...known, at: 0, round: known.round + 1, pending: null });
  }
}

/** Forgets all answers: somebody else is logged in, or the same person in another role. */
export function forgetQueries(): void {
  for (const entry of entries.values()) entry.set({ ...fresh, round: entry.get().round + 1 });
}
