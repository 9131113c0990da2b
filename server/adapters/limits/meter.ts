import type { Clock } from "../../kernel/clock.ts";
import type { Limit, Limiter } from "./limiter.ts";

/**
 * A process reports to the database after each tenth of a limit. Each process may therefore exceed the limit by a
 * tenth.
 */
const REPORTS_PER_LIMIT = 10;
/** The most names in memory, so that a client with many addresses cannot exhaust it. */
const MAX_NAMES = 50_000;
/** The number of names left after pruning. Pruning many at once keeps the average cost of a new name constant. */
const NAMES_AFTER_PRUNE = 40_000;

interface Count {
  /** Start of the window, ms. */
  since: number;
  windowMs: number;
  count: number;
  /** Counted but not reported yet. */
  untold: number;
  /** Calls are refused until this time, ms; 0: they are not refused. */
  until: number;
}

/**
 * Counts in memory, exactly within this process, and reports to the database in tenths of the limit. Most calls thus
 * need no database access.
 */
export interface Meter {
  /** Counts one call. Null when it is within the limit; otherwise the seconds until it is again. */
  spend(name: string, limit: Limit): number | null;
}

/** `failed` is called when a report fails. The count in this process remains. */
export function createMeter(limiter: Pick<Limiter, "add">, clock: Clock, failed: (error: unknown) => void): Meter {
  const counts = new Map<string, Count>();

  function countOf(name: string, windowMs: number, now: number): Count {
    const known = counts.get(name);
    if (known && (known.until > now || now - known.since < known.windowMs)) return known;
    if (counts.size >= MAX_NAMES) forget(now);
    const fresh = { since: now, windowMs, count: 0, untold: 0, until: 0 };
    // Removing it first keeps the map ordered by age.
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
