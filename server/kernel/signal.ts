/** Passes a word on within this process. */
export interface Signal<T> {
  emit(word: T): void;
  /** Returns what ends it. */
  subscribe(listener: (word: T) => void): () => void;
}

/** A signal that nobody hears yet. */
export function createSignal<T>(): Signal<T> {
  const listeners = new Set<(word: T) => void>();
  return {
    emit: (word) => listeners.forEach((listener) => listener(word)),
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
