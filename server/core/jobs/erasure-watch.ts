import type { Logger } from "pino";
import type { ErasureNotes } from "../../operations/erasure-notes.ts";
import type { Store } from "../store/store.ts";
import { recordErasures } from "../usecases/accounts/record-erasures.ts";

/** How often a process looks for accounts that others have closed, ms. */
const POLL_MS = 60_000;
/** It looks so far back: a step bears the time at which it was decided, and is written a little later, ms. */
const LOOKBACK_MS = 10 * 60_000;

/**
 * Keeps the notes of this machine whole: at its start, and from then on each minute, it notes the accounts that were
 * closed and are not noted here. No job of the scheduler, which one process does for all: each machine has a file of
 * its own. Returns how to end it.
 */
export async function startErasureWatch(
  parts: { store: Pick<Store, "users">; erasureNotes: ErasureNotes },
  log: Logger,
  every = POLL_MS,
): Promise<() => Promise<void>> {
  let reached = await recordErasures(parts, new Date(0));
  let looking: Promise<unknown> = Promise.resolve();
  const look = async (): Promise<void> => {
    const last = await recordErasures(parts, new Date(reached.getTime() - LOOKBACK_MS));
    if (last > reached) reached = last;
  };
  const timer = setInterval(() => {
    // The next time tries again.
    looking = looking.then(look).catch((error: unknown) => log.error({ err: error }, "erasures could not be noted"));
  }, every).unref();
  return async () => {
    clearInterval(timer);
    await looking;
  };
}
