/** What is to happen, in order of time; what is due at the same moment happens in the order of entry. */
export interface Agenda {
  enter(at: number, happen: (now: number) => void): void;
  /** Lets the next thing happen. False: nothing is left. */
  next(): boolean;
}

export function createAgenda(): Agenda {
  /** The latest first, so that the next is popped. */
  const ahead: { at: number; happen: (now: number) => void }[] = [];
  return {
    enter(at, happen) {
      const index = firstIndex(ahead, (entry) => entry.at <= at);
      ahead.splice(index, 0, { at, happen });
    },
    next() {
      const entry = ahead.pop();
      entry?.happen(entry.at);
      return entry !== undefined;
    },
  };
}

/** The first index of a sorted list from which on `hasRole` is true; its length when it never is. */
export function firstIndex<T>(sorted: readonly T[], holds: (item: T) => boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(sorted[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}
