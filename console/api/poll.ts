import type { Query, QueryClient } from "@tanstack/react-query";
import { liveUp } from "./live-up.ts";
import { pollMsOf } from "./query-client.ts";

/** The poll interval of lists while the tab is visible and live updates are not connected, ms. */
export const POLL_MS = 10_000;
/** With live updates connected, polling covers only changes that no event announces, so it is this much slower. */
const LIVE_POLL_FACTOR = 6;
const BEAT_MS = 500;

/**
 * Refetches every polled query whose last answer is at least its `pollMs` old, or six times that while live updates are
 * connected. A fetch under way is not cancelled.
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

/** Polls while the tab is visible, and at once when it becomes visible. Returns a function that stops it. */
export function startPolling(client: QueryClient): () => void {
  const beat = () => {
    if (document.visibilityState === "visible") void refetchDue(client, Date.now(), liveUp());
  };
  // The timer is short and ages are compared with the clock, so that the first tick after the machine slept refetches.
  const timer = window.setInterval(beat, BEAT_MS);
  document.addEventListener("visibilitychange", beat);
  return () => {
    window.clearInterval(timer);
    document.removeEventListener("visibilitychange", beat);
  };
}
