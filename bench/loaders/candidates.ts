import DataLoader from "dataloader";
import { LRUCache } from "lru-cache";

type Read<T> = (keys: string[]) => Promise<ReadonlyMap<string, T>>;
type Load<T> = (key: string) => Promise<T | null>;

/** The product's loader before dataloader: a hand-made queue, one query at a time. */
export function handMadeLoader<T>(read: Read<T>): Load<T> {
  interface Waiting {
    key: string;
    resolve: (value: T | null) => void;
    reject: (error: unknown) => void;
  }
  const waiting: Waiting[] = [];
  let busy = false;

  function dispatchNext(): void {
    if (busy || !waiting.length) return;
    busy = true;
    setImmediate(() => void leave(waiting.splice(0, 100)));
  }

  async function leave(batch: readonly Waiting[]): Promise<void> {
    try {
      const found = await read([...new Set(batch.map(({ key }) => key))]);
      for (const { key, resolve } of batch) resolve(found.get(key) ?? null);
    } catch (error) {
      for (const { reject } of batch) reject(error);
    } finally {
      busy = false;
      dispatchNext();
    }
  }

  return (key) =>
    new Promise((resolve, reject) => {
      waiting.push({ key, resolve, reject });
      dispatchNext();
    });
}

/**
 * dataloader with its defaults: reads of one turn of the event loop form a query, also while another query is running.
 */
export function plainDataLoader<T>(read: Read<T>): Load<T> {
  const loader = new DataLoader<string, T | null>(
    async (keys) => {
      const found = await read([...new Set(keys)]);
      return keys.map((key) => found.get(key) ?? null);
    },
    { cache: false, maxBatchSize: 100 },
  );
  return (key) => loader.load(key);
}

/** The product's short cache before lru-cache: a map of promises with expiry times. */
export function handMadeCache<T>(load: Load<T>): Load<T> {
  const kept = new Map<string, { value: Promise<T | null>; until: number }>();

  async function renew(id: string): Promise<T | null> {
    const entry = { value: load(id), until: performance.now() + 5_000 };
    kept.delete(id);
    if (kept.size >= 5_000) kept.delete(kept.keys().next().value ?? "");
    kept.set(id, entry);
    return entry.value;
  }

  return (id) => {
    const entry = kept.get(id);
    return entry && entry.until > performance.now() ? entry.value : renew(id);
  };
}

/** lru-cache with its own `fetchMethod`. */
export function fetchingCache<T extends object>(load: Load<T>): Load<T> {
  const cache = new LRUCache<string, T>({
    ...{ max: 5_000, ttl: 4_999, ttlResolution: 0 },
    fetchMethod: async (id) => (await load(id)) ?? undefined,
  });
  return async (id) => (await cache.fetch(id)) ?? null;
}
