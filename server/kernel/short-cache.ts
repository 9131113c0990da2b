import { LRUCache } from "lru-cache";

/** How old a cached value may be, in ms. The cached data change a few times a year and are read with every step. */
const TTL_MS = 5_000;
/** The most cached values. The least recently read ones are dropped first. */
const MAX_KEPT = 5_000;

/** A cache of values by id, for this process. */
export interface ShortCache<T> {
  /**
   * The value of that id, at most 5 s old unless this process changed it. Rejects as `load` does. Null and failures are
   * not cached.
   */
  get(id: string): Promise<T | null>;
  /** Must be called after each change that was written. A read that began before the change is not cached either. */
  forget(id: string): void;
}

/**
 * Caches the results of `load` for a short time. Simultaneous reads of one id share one `load`. It caches promises and
 * not values, since lru-cache's own `fetch` rejects the callers of an id that is forgotten meanwhile.
 */
export function createShortCache<T>(
  load: (id: string) => Promise<T | null>,
  now = () => performance.now(),
): ShortCache<T> {
  const cache = new LRUCache<string, Promise<T | null>>({
    max: MAX_KEPT,
    // lru-cache still returns values that are exactly as old as `ttl`.
    ttl: TTL_MS - 1,
    ttlResolution: 0,
    // lru-cache treats a value that was cached at time 0 as never expiring.
    perf: { now: () => now() + 1 },
  });

  async function renew(id: string): Promise<T | null> {
    // The promise is cached at once, so that `forget` during the load removes it, too.
    const loading = load(id);
    cache.set(id, loading);
    let value: T | null = null;
    try {
      value = await loading;
    } finally {
      if (value === null && cache.peek(id) === loading) cache.delete(id);
    }
    return value;
  }

  return {
    get: (id) => cache.get(id) ?? renew(id),
    forget: (id) => void cache.delete(id),
  };
}
