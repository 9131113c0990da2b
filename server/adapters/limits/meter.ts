import type { Clock } from "../../kernel/clock.ts";
import type { Limit, Limiter } from "./limiter.ts";

/** A process tells the others after each tenth of a limit: that is by how much it may be exceeded by each process. */
const REPORTS_PER_LIMIT = 10;
/** More are not remembered, so that somebody with many addresses fills no memory. */
const MAX_NAMES = 50_000;
/** So many are left when there were too many: making room costs each newcomer the same. */
const NAMES_AFTER_PRUNE = 40_000;

interface Count {
  /** Since when `count` is, ms. */
  since: number;
  windowMs: number;
  count: number;
  /** Counted here and not told yet. */
  untold: number;
  /** Refused until then, ms; 0: not refused. */
  until: number;
}

/**
 * Counts in memory, exactly in this process, and tells the database a tenth of the limit at a time: an ordinary call
 * waits for nothing.
 */
export interface Meter {
  /** Counts one more. Null when it is within the limit; else in how many seconds it will be again. */
  spend(name: string, limit: Limit): number | null;
}

/** `failed` hears of counts that could not be told; they hold in this process all the same. */
export function createMeter(limiter: Pick<Limiter, "add">, clock: Clock, failed: (error: unknown) => void): Meter {
  const counts = new Map<string, Count>();

  function countOf(name: string, windowMs: number, now: number): Count {
    const known = counts.get(name);
    if (known && (known.until > now || now - known.since < known.windowMs)) return known;
    if (counts.size >= MAX_NAMES) forget(now);
    const fresh = { since: now, windowMs, count: 0, untold: 0, until: 0 };
    // Taken out first, so that the map stays in order of age.
    counts.delete(name);
    counts.set(name, fresh);
    return fresh;
  }

  function forget(now: number): void {
    for (const [name, { since, windowMs, until }] of counts) {
      if (until <= now && now - since >= windowMs) counts.delete(name);
    }
    for (const name of counts.keys()) {
      if (counts.size <= NAMES_AFTER_PRUNE) return;
      counts.delete(name);
    }
  }

  async function tell(name: string, limit: Limit, count: Count): Promise<void> {
    const points = count.untold;
    count.untold = 0;
    const all = await limiter.add(name, limit, points);
    if (all.count >= limit.most) count.until = Math.max(count.until, clock.now().getTime() + all.leftMs);
  }

  return {
    spend(name, limit) {
      const now = clock.now().getTime();
      const count = countOf(name, limit.seconds * 1000, now);
      if (count.until <= now && count.count >= limit.most) count.until = count.since + count.windowMs;
      if (count.until > now) return Math.ceil((count.until - now) / 1000);
      count.count += 1;
      count.untold += 1;
      if (count.untold >= limit.most / REPORTS_PER_LIMIT) tell(name, limit, count).catch(failed);
      return null;
    },
  };
}
