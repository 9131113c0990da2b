/** Passes values to subscribers within this process. */
export interface Signal<T> {
  emit(word: T): void;
  /** Returns the function that ends the subscription. */
  subscribe(listener: (word: T) => void): () => void;
}

/** Creates a signal without subscribers. */
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
