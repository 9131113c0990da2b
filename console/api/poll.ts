import { useEffect, useRef } from "react";
import { onNudge } from "./nudge.ts";

/** Lists are fetched again this often, ms, while somebody can see them. */
export const POLL_MS = 10_000;

/** Calls `task` every `every` ms while the tab is visible, when it becomes visible again, and at a nudge. `null`: never. */
export function usePoll(task: () => void, every: number | null): void {
  const latest = useRef(task);
  useEffect(() => {
    latest.current = task;
  });
  useEffect(() => {
    if (every === null) return undefined;
    let last = Date.now();
    const run = () => {
      if (document.visibilityState !== "visible" || Date.now() - last < every) return;
      last = Date.now();
      latest.current();
    };
    // A short beat with a clock beside it: after a sleep of the machine the first beat fetches.
    const beat = window.setInterval(run, Math.min(1000, every));
    document.addEventListener("visibilitychange", run);
    const endNudges = onNudge(() => {
      last = Date.now();
      latest.current();
    });
    return () => {
      endNudges();
      window.clearInterval(beat);
      document.removeEventListener("visibilitychange", run);
    };
  }, [every]);
}
