import type { Clock } from "../../server/kernel/clock.ts";

/** A clock that changes only when the test moves it. */
export interface TestClock extends Clock {
  set(at: Date | string): void;
  /** Moves the clock forward by `minutes`. */
  pass(minutes: number): void;
}

/** A Monday evening in Shanghai, 20:40, outside of office hours. */
export const evening = "2026-03-02T20:40:00+08:00";

export function testClock(start: Date | string = evening): TestClock {
  let now = new Date(start);
  return {
    now: () => new Date(now),
    set(at) {
      now = new Date(at);
    },
    pass(minutes) {
      now = new Date(now.getTime() + minutes * 60_000);
    },
  };
}
