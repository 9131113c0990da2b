const listeners = new Set<() => void>();

/** Something was changed here: whatever is polled is fetched at once. */
export const nudge = (): void => listeners.forEach((listener) => listener());

/** Calls back at every nudge. Returns what ends it. */
export function onNudge(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
