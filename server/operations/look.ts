import { bounded } from "../kernel/bounded.ts";

/** How long the database may take before it counts as away, ms. */
const PATIENCE_MS = 2_000;

/**
 * Reads at most every `freshMs`, however many ask. Null: it failed, or is not there in two seconds. While one reading hangs no other begins, so
 * that a database that does not answer is not asked ever more.
 */
export function createLook<T>(read: () => Promise<T>, freshMs: number): () => Promise<T | null> {
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
    return (await bounded(found, PATIENCE_MS)) ? found : null;
  };
}
