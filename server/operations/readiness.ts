import { createTimedProbe } from "./timed-probe.ts";

/** The reasons why a process should get no requests. */
export type NotReady = "stopping" | "database" | "relay" | "keys";

/**
 * A relay without a successful pass for this long counts as broken, ms. It is longer than the lease of nine seconds.
 */
const RELAY_IDLE_MS = 15_000;
/** How long a result is cached, ms, so that frequent checks do not burden the database. */
const FRESH_MS = 1_000;

export interface ReadinessParts {
  store: { ping(): Promise<void> };
  /** True once the process was asked to end. */
  stopping: () => boolean;
  /** Time since the last pass of this process's relay, ms; 0 when it is not started. */
  relayIdleMs: () => number;
  /** Whether this process has the keys of the database. */
  keysFit: () => Promise<boolean>;
}

/**
 * Checks whether this process can serve: a majority write succeeds, its relay runs, and its keys match the database.
 * Delays in partitions of other processes do not count, since all processes would then be unready and none would serve.
 */
export function createReadiness(parts: ReadinessParts): () => Promise<readonly NotReady[]> {
  // The queries run one after the other, so that an unresponsive database gets only one at a time.
  const look = createTimedProbe(async () => {
    await parts.store.ping();
    return { keys: await parts.keysFit() };
  }, FRESH_MS);

  return async () => {
    const database = await look();
    return [
      // This is never cached: a check after the signal must see it.
      ...(parts.stopping() ? (["stopping"] as const) : []),
      ...(database ? [] : (["database"] as const)),
      ...(parts.relayIdleMs() <= RELAY_IDLE_MS ? [] : (["relay"] as const)),
      ...(database?.keys === false ? (["keys"] as const) : []),
    ];
  };
}
