import type { Logger } from "pino";
import type { ErasureNotes } from "../../operations/erasure-notes.ts";
import type { Store } from "../store/store.ts";
import { recordErasures } from "../usecases/accounts/record-erasures.ts";

/** How often a process looks for accounts that other processes have closed, in ms. */
const POLL_MS = 60_000;
/** How far back it looks, in ms. A step has the time of its decision and is written a little later. */
const LOOKBACK_MS = 10 * 60_000;

/**
 * Keeps this machine's notes of closed accounts complete: at the start and every minute it adds the accounts that are
 * missing in them. It is no job of the scheduler, which runs once for all processes, since each machine has its own
 * file. Returns the function that stops it.
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
    // After a failure the next tick tries again.
    looking = looking.then(look).catch((error: unknown) => log.error({ err: error }, "erasures could not be noted"));
  }, every).unref();
  return async () => {
    clearInterval(timer);
    await looking;
  };
}
