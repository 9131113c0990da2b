import type { Clock } from "../../kernel/clock.ts";
import type { Store } from "../../core/store/store.ts";

/** How often something may happen: `most` times in `seconds`. */
export interface Limit {
  most: number;
  seconds: number;
}

/** Counts in the database, for all processes: what must not be exceeded by one. */
export interface Limiter {
  /** Counts `points` more. Null when it is within the limit; else in how many seconds it will be again. */
  hit(name: string, limit: Limit, points?: number): Promise<number | null>;
  /** Counts `points` that have been used already, and says how many there are and for how long, ms. */
  add(name: string, limit: Limit, points: number): Promise<{ count: number; leftMs: number }>;
}

/**
 * Not rate-limiter-flexible: its `RateLimiterMongo` asks the system's time instead of ours, which servers agree on,
 * and the base class for a store of one's own is not exported.
 */
export function createLimiter(limits: Store["limits"], clock: Clock): Limiter {
  const self: Limiter = {
    async add(name, { seconds }, points) {
      const now = clock.now();
      const { count, resetsAt } = await limits.add(name, points, seconds * 1000, now);
      return { count, leftMs: resetsAt.getTime() - now.getTime() };
    },
    async hit(name, limit, points = 1) {
      const { count, leftMs } = await self.add(name, limit, points);
      return count <= limit.most ? null : Math.ceil(leftMs / 1000);
    },
  };
  return self;
}
