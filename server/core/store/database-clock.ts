import type mongoose from "mongoose";

/** How often the time is asked for, ms. */
const ASK_MS = 30_000;
/** Of so many answers the quickest counts: what it says is wrong by half its way at most. */
const TRIES = 3;

/** The time of the database, kept by the machine's steady clock in between. */
export interface DatabaseClock {
  now(): Date;
  /** By how much the machine's own clock is ahead, ms. */
  machineAhead(): number;
  /** Asks for the time now. */
  ask(): Promise<void>;
  stop(): void;
}

/**
 * All processes use the time of the database. A machine whose clock is wrong, or is set while the server runs, judges
 * no deadline, lease or token wrongly. Between two answers the steady clock counts, which nobody can set; when the
 * database is away, it goes on counting.
 */
export async function createDatabaseClock(connection: mongoose.Connection): Promise<DatabaseClock> {
  /** The database's time when the steady clock stood at 0, ms. */
  let zero = 0;

  async function ask(): Promise<void> {
    let best = Number.POSITIVE_INFINITY;
    for (let n = 0; n < TRIES; n++) {
      const before = performance.now();
      const told = await connection.db?.admin().command({ hello: 1 });
      const after = performance.now();
      const at = (told?.["localTime"] as Date | undefined)?.getTime();
      if (at === undefined) throw new Error("the database does not tell the time");
      if (after - before >= best) continue;
      best = after - before;
      zero = at - (before + after) / 2;
    }
  }

  await ask();
  const timer = setInterval(() => void ask().catch(() => undefined), ASK_MS).unref();
  const now = (): number => Math.round(zero + performance.now());
  return {
    now: () => new Date(now()),
    machineAhead: () => Date.now() - now(),
    ask,
    stop: () => clearInterval(timer),
  };
}
