import { createTimedProbe } from "./timed-probe.ts";

/** Why a process should be sent no work now. */
export type NotReady = "stopping" | "database" | "relay" | "keys";

/** A relay that has not gone over its partitions for so long does not work: the lease is nine seconds, ms. */
const RELAY_IDLE_MS = 15_000;
/** What was found is told to all who ask within this, so that asking cannot burden the database, ms. */
const FRESH_MS = 1_000;

export interface ReadinessParts {
  store: { ping(): Promise<void> };
  /** Whether the process was asked to end. */
  stopping: () => boolean;
  /** How long ago the relay of this process went over its partitions, ms; 0 when it was not started. */
  relayIdleMs: () => number;
  /** Whether the keys of this process are those of the database. */
  keysFit: () => Promise<boolean>;
}

/**
 * Whether this process can serve, tried and not assumed: a write of a majority, its own relay at work, its keys those
 * of the database. That events wait longer than usual in another process's partitions is no reason: then all would be
 * sent away, and nobody served.
 */
export function createReadiness(parts: ReadinessParts): () => Promise<readonly NotReady[]> {
  // One behind the other: what hangs is one question.
  const look = createTimedProbe(async () => {
    await parts.store.ping();
    return { keys: await parts.keysFit() };
  }, FRESH_MS);

  return async () => {
    const database = await look();
    return [
      // Never from memory: whoever asks after the signal must hear of it.
      ...(parts.stopping() ? (["stopping"] as const) : []),
      ...(database ? [] : (["database"] as const)),
      ...(parts.relayIdleMs() <= RELAY_IDLE_MS ? [] : (["relay"] as const)),
      ...(database?.keys === false ? (["keys"] as const) : []),
    ];
  };
}
