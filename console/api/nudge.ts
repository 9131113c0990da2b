import { concerns } from "../../fronts/concerns.ts";
import type { News } from "../../fronts/live-link.ts";

/** Null: something was changed here, and whatever is polled may show it. */
type Listener = (news: readonly News[] | null) => void;

const listeners = new Set<Listener>();

/** Something was changed here: whatever is polled is fetched at once. */
export const nudge = (): void => listeners.forEach((listener) => listener(null));

/** Something has happened: what it concerns is fetched at once. */
export const tellNews = (news: readonly News[]): void => listeners.forEach((listener) => listener(news));

/** Calls back at every nudge, and at news that concern `query`. Returns what ends it. */
export function onNudge(query: string, listener: () => void): () => void {
  const mine: Listener = (news) => {
    if (news === null || concerns(query, news)) listener();
  };
  listeners.add(mine);
  return () => listeners.delete(mine);
}
