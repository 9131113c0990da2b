import { LRUCache } from "lru-cache";

/** What a process may be behind, of things that change a few times a year and are read with every step: ms. */
const KEPT_MS = 5_000;
/** More are not kept at once; what was not read for the longest time goes first. */
const MAX_KEPT = 5_000;

export interface ShortCache<T> {
  /** The value of that id, at most 5 s old unless this process changed it. Rejects as `load` does; null and failures are not kept. */
  get(id: string): Promise<T | null>;
  /** To be called after each change that was written. A read that began before it is not kept either. */
  forget(id: string): void;
}

/**
 * Keeps what `load` gives for a short while; reads of one id at the same time are one. It keeps the promises, not the
 * values: lru-cache's own `fetch` rejects whoever waits for an id that is forgotten meanwhile.
 */
export function createShortCache<T>(
  load: (id: string) => Promise<T | null>,
  now = () => performance.now(),
): ShortCache<T> {
  const cache = new LRUCache<string, Promise<T | null>>({
    max: MAX_KEPT,
    // lru-cache still gives what is exactly as old as this.
    ttl: KEPT_MS - 1,
    ttlResolution: 0,
    // What was put in at 0 would never be old to lru-cache.
    perf: { now: () => now() + 1 },
  });

  async function renew(id: string): Promise<T | null> {
    // In the cache before it is there: whoever forgets the id meanwhile takes this one away, too.
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
