/** Passes a word on within this process. */
export interface Signal<T> {
  tell(word: T): void;
  /** Returns what ends it. */
  hear(listener: (word: T) => void): () => void;
}

/** A signal that nobody hears yet. */
export function createSignal<T>(): Signal<T> {
  const listeners = new Set<(word: T) => void>();
  return {
    tell: (word) => listeners.forEach((listener) => listener(word)),
    hear(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
