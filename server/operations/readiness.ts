/** Why a process should be sent no work now. */
export type NotReady = "stopping" | "database" | "relay" | "keys";

/** A relay that has not gone over its lanes for so long does not work: the lease is nine seconds, ms. */
const RELAY_QUIET_MS = 15_000;
/** What was found is told to all who ask within this, so that asking cannot burden the database, ms. */
const FRESH_MS = 1_000;

export interface ReadinessParts {
  store: { ping(): Promise<void> };
  /** Whether the process was asked to end. */
  stopping: () => boolean;
  /** How long ago the relay of this process went over its lanes, ms; 0 when it was not started. */
  relayQuiet: () => number;
  /** Whether the keys of this process are those of the database. */
  keysFit: () => Promise<boolean>;
}

/**
 * Whether this process can serve, tried and not assumed: a write of a majority, its own relay at work, its keys those of the database.
 * That events wait longer than usual in another process's lanes is no reason: then all would be sent away, and nobody served.
 */
export function createReadiness(parts: ReadinessParts): () => Promise<readonly NotReady[]> {
  let found: Promise<readonly NotReady[]> | null = null;
  let askedAt = Number.NEGATIVE_INFINITY;

  async function look(): Promise<readonly NotReady[]> {
    const [database, keys] = await Promise.all([
      parts.store.ping().then(() => true, () => false),
      parts.keysFit().catch(() => true),
    ]); // prettier-ignore
    return [
      ...(database ? [] : (["database"] as const)),
      ...(parts.relayQuiet() <= RELAY_QUIET_MS ? [] : (["relay"] as const)),
      ...(keys ? [] : (["keys"] as const)),
    ];
  }

  return async () => {
    if (!found || performance.now() - askedAt > FRESH_MS) {
      askedAt = performance.now();
      found = look();
    }
    const reasons = await found;
    // Never from memory: whoever asks after the signal must hear of it.
    return parts.stopping() ? ["stopping", ...reasons] : reasons;
  };
}
