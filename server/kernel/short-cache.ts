/** What a process may be behind, of things that change a few times a year and are read with every step: ms. */
const KEPT_MS = 5_000;
/** More are not kept at once. */
const MOST_KEPT = 5_000;

export interface ShortCache<T> {
  /** The value of that id, at most 5 s old unless this process changed it. Rejects as `load` does; null and failures are not kept. */
  get(id: string): Promise<T | null>;
  /** To be called after each change that was written. A read that began before it is not kept either. */
  forget(id: string): void;
}

/** Keeps what `load` gives for a short while; reads of one id at the same time are one. */
export function createShortCache<T>(
  load: (id: string) => Promise<T | null>,
  now = () => performance.now(),
): ShortCache<T> {
  const kept = new Map<string, { value: Promise<T | null>; until: number }>();

  async function renew(id: string): Promise<T | null> {
    // In the map before it is there: whoever forgets the id meanwhile takes this one away, too.
    const entry = { value: load(id), until: now() + KEPT_MS };
    // The oldest goes first; it is read again when somebody asks.
    kept.delete(id);
    if (kept.size >= MOST_KEPT) kept.delete(kept.keys().next().value ?? "");
    kept.set(id, entry);
    const value = await entry.value.catch((error: unknown) => {
      if (kept.get(id) === entry) kept.delete(id);
      throw error;
    });
    if (value === null && kept.get(id) === entry) kept.delete(id);
    return value;
  }

  return {
    get(id) {
      const entry = kept.get(id);
      return entry && entry.until > now() ? entry.value : renew(id);
    },
    forget: (id) => void kept.delete(id),
  };
}
