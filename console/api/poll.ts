import { useEffect, useRef } from "react";
import { liveUp } from "./live-up.ts";
import { onNudge } from "./nudge.ts";

/** Lists are fetched again this often, ms, while somebody can see them and no live updates come. */
export const POLL_MS = 10_000;
/** With live updates the poll only makes up for what no event tells. */
const TIMES_SLOWER = 6;

/** Why a task runs: its time has come, or something has changed just now. */
export type Reason = "poll" | "nudge";

/**
 * Calls `task` every `every` ms (a sixth as often while live updates come) while the tab is visible, when it becomes visible again,
 * at a nudge, and at news that concern `query`. `null`: never.
 */
export function usePoll(query: string, task: (reason: Reason) => void, every: number | null): void {
  const latest = useRef(task);
  useEffect(() => {
    latest.current = task;
  });
  useEffect(() => {
    if (every === null) return undefined;
    let last = Date.now();
    const pause = () => (liveUp() ? every * TIMES_SLOWER : every);
    const run = () => {
      if (document.visibilityState !== "visible" || Date.now() - last < pause()) return;
      last = Date.now();
      latest.current("poll");
    };
    // A short beat with a clock beside it: after a sleep of the machine the first beat fetches.
    const beat = window.setInterval(run, Math.min(1000, every));
    document.addEventListener("visibilitychange", run);
    const endNudges = onNudge(query, () => {
      last = Date.now();
      latest.current("nudge");
    });
    return () => {
      endNudges();
      window.clearInterval(beat);
      document.removeEventListener("visibilitychange", run);
    };
  }, [query, every]);
}
