import { setTimeout as wait } from "node:timers/promises";
import type { Store } from "../core/store/store.ts";

/** How often the log is polled for events that another process relays, ms. */
const POLL_MS = 20;

/**
 * Waits until an event is in the log, whichever process relays it. Returns false when it is not after `patienceMs`. For
 * actions that are allowed only once they are on record.
 */
export async function waitUntilRecorded(
  { store, wakeRelay }: { store: Pick<Store, "log">; wakeRelay: () => void },
  eventId: string,
  patienceMs: number,
): Promise<boolean> {
  const until = performance.now() + patienceMs;
  wakeRelay();
  while (!(await store.log.has([eventId])).has(eventId)) {
    if (performance.now() > until) return false;
    await wait(POLL_MS);
  }
  return true;
}
