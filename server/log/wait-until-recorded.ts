import { setTimeout as wait } from "node:timers/promises";
import type { Store } from "../core/store/store.ts";

/** The relay of another process is found this often, ms. */
const POLL_MS = 20;

/**
 * Waits until an event is a row of the log, whichever process relays it; false when it is not after `patienceMs`. For
 * what may happen only once it is on record.
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
