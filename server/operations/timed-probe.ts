import { settlesWithin } from "../kernel/settles-within.ts";

/** How long the database may take before it counts as unreachable, ms. */
const PATIENCE_MS = 2_000;

/**
 * Caches the result of `read` for `freshMs`. Null: it failed, or did not finish within two seconds. No new read starts
 * while one is in progress, so that an unresponsive database does not get more and more queries.
 */
export function createTimedProbe<T>(read: () => Promise<T>, freshMs: number): () => Promise<T | null> {
  let found: Promise<T | null> = Promise.resolve(null);
  let pending = false;
  let askedAt = Number.NEGATIVE_INFINITY;

  return async () => {
    if (!pending && performance.now() - askedAt > freshMs) {
      pending = true;
      askedAt = performance.now();
      found = read()
        .catch(() => null)
        .finally(() => {
          pending = false;
        });
    }
    return (await settlesWithin(found, PATIENCE_MS)) ? found : null;
  };
}
