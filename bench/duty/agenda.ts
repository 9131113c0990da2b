/** A queue of future events in order of time. Events of the same moment run in the order in which they were entered. */
export interface Agenda {
  enter(at: number, happen: (now: number) => void): void;
  /** Runs the next event. False: none is left. */
  next(): boolean;
}

export function createAgenda(): Agenda {
  /** Sorted with the latest first, so that the next one is popped from the end. */
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

/** The index of the first item of a sorted list for which `holds` is true; the list's length when there is none. */
export function firstIndex<T>(sorted: readonly T[], holds: (item: T) => boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(sorted[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}
