/** Numbers that follow from a seed, so that a run can be had again (mulberry32). */
export interface Random {
  /** 0 to 1. */
  next(): number;
  /** 0 to `below`, an integer. */
  int(below: number): number;
  chance(probability: number): boolean;
  pick<T>(from: readonly T[]): T;
}

export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    next,
    int: (below) => Math.floor(next() * below),
    chance: (probability) => next() < probability,
    pick(from) {
      if (!from.length) throw new Error("there is nothing to pick from");
      return from[Math.floor(next() * from.length)]!;
    },
  };
}
