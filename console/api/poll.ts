import type { Query, QueryClient } from "@tanstack/react-query";
import { liveUp } from "./live-up.ts";
import { pollMsOf } from "./query-client.ts";

/** Lists are fetched again this often, ms, while somebody can see them and no live updates come. */
export const POLL_MS = 10_000;
/** With live updates the poll only makes up for what no event tells. */
const LIVE_POLL_FACTOR = 6;
const BEAT_MS = 500;

/**
 * Fetches every followed query that was last answered its `pollMs` ago, or six times that while live updates come. A
 * fetch that is under way goes on.
 */
export function refetchDue(client: QueryClient, now: number, isLive: boolean): Promise<void> {
  const isDue = (query: Query): boolean => {
    const pollMs = pollMsOf(query);
    const { dataUpdatedAt, errorUpdatedAt } = query.state;
    const age = now - Math.max(dataUpdatedAt, errorUpdatedAt);
    return pollMs !== null && age >= (isLive ? pollMs * LIVE_POLL_FACTOR : pollMs);
  };
  return client.refetchQueries({ type: "active", fetchStatus: "idle", predicate: isDue });
}

/** Polls while the tab is visible, and at once when it becomes visible again. Returns what ends it. */
export function startPolling(client: QueryClient): () => void {
  const beat = () => {
    if (document.visibilityState === "visible") void refetchDue(client, Date.now(), liveUp());
  };
  // A short beat with a clock beside it: after a sleep of the machine the first beat fetches.
  const timer = window.setInterval(beat, BEAT_MS);
  document.addEventListener("visibilitychange", beat);
  return () => {
    window.clearInterval(timer);
    document.removeEventListener("visibilitychange", beat);
  };
}
