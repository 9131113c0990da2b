import { type Store, createStore } from "../lib/store";
import type { ApiError } from "./error";

/** What is known of one query: the last answer stays while a newer one is asked for, or fails. */
export interface Entry {
  data: unknown;
  error: ApiError | null;
  /** When the answer came, ms since 1970; 0: out of date. */
  at: number;
  pending: Promise<void> | null;
}

const MOST = 80;
const entries = new Map<string, Store<Entry>>();

const fresh: Entry = { data: undefined, error: null, at: 0, pending: null };

/** The entry of a query, made at first asking. */
export function entryOf(id: string): Store<Entry> {
  const known = entries.get(id);
  if (known) return known;
  if (entries.size >= MOST) {
    const oldest = entries.keys().next().value;
    if (oldest !== undefined) entries.delete(oldest);
  }
  const made = createStore(fresh);
  entries.set(id, made);
  return made;
}

/** Marks every query whose id starts so as out of date: pages in front ask again now, others when they are shown. */
export function refreshQueries(prefix: string): void {
  for (const [id, entry] of entries) {
    if (id.startsWith(prefix)) entry.set({ ...entry.get(), at: 0, pending: null });
  }
}

/** Forgets all answers: somebody else is logged in, or the same person in another role. */
export function forgetQueries(): void {
  for (const entry of entries.values()) entry.set(fresh);
}
