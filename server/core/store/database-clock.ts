import type mongoose from "mongoose";

/** How often the database is asked for its time, in ms. */
const ASK_MS = 30_000;
/**
 * How many times it is asked each time. The answer with the shortest round trip is used, since its error is at most
 * half of the round trip.
 */
const TRIES = 3;

/** The time of the database, continued by the machine's steady clock between two answers. */
export interface DatabaseClock {
  now(): Date;
  /** How far the machine's own clock is ahead, in ms. */
  machineAhead(): number;
  /** Asks for the database's time now. */
  ask(): Promise<void>;
  stop(): void;
}

/**
 * Creates the clock that all processes use: the time of the database. So a machine with a wrong clock, or one that is
 * set while the server runs, does not misjudge deadlines, leases or tokens. Between two answers, and while the database
 * cannot be reached, the steady clock counts, which cannot be set.
 */
export async function createDatabaseClock(connection: mongoose.Connection): Promise<DatabaseClock> {
  /** The database's time at the zero of the steady clock, in ms. */
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
