import type { Clock } from "../../kernel/clock.ts";
import type { Store } from "../../core/store/store.ts";

/** At most `most` times in `seconds`. */
export interface Limit {
  most: number;
  seconds: number;
}

/** Counts in the database, for limits that all processes together must not exceed. */
export interface Limiter {
  /** Adds `points`. Null when the count is within the limit; otherwise the seconds until it is again. */
  hit(name: string, limit: Limit, points?: number): Promise<number | null>;
  /** Adds points that were used already. Returns the new count and the ms until it is reset. */
  add(name: string, limit: Limit, points: number): Promise<{ count: number; leftMs: number }>;
}

/**
 * The package rate-limiter-flexible is not used: its `RateLimiterMongo` takes the system's time instead of the time
 * that the servers share, and it does not export the base class for custom stores.
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
