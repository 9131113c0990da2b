import type { Clock } from "../clock.ts";
import { randomUUID } from "node:crypto";
import { MongoBackend } from "@agendajs/mongo-backend";
import { Agenda } from "agenda";
import type { Collection, Db } from "mongodb";
import type { Logger } from "pino";
import { bounded } from "../http/drain.ts";
import { objectId, unlessThere } from "../object-ids.ts";
import { idOfIntent } from "../ids.ts";
import type { Job } from "./job.ts";
import { type StoredJob, mendJobTimes } from "./job-times.ts";

/** How often a process looks for a job that is due, ms. */
const POLL_MS = 1_000;
/** After so long a machine that took a job counts as dead, and another one takes it, ms; of jobs that run several times a minute. */
const LOCK_MS = 60_000;
const SHORT_LOCK_MS = 15_000;
/** How often it is looked whether a wrong clock has put a job off, ms. */
const MEND_MS = 10_000;
/** How long a stop waits for jobs that run; what is broken off then is begun anew by another process, ms. */
const DRAIN_MS = 8_000;

export interface SchedulerOptions<Ports extends { log: Logger }> {
  jobs: readonly Job<Ports>[];
  deps: Ports;
  /** The database in which the processes agree on who runs what. Mongoose brings a driver of its own, whose type is another. */
  db: unknown;
  /** The time that all processes share. */
  clock: Clock;
  /** Hears of each run that ended. */
  ran?: (job: string, seconds: number, ok: boolean) => void;
  pollMs?: number;
  lockMs?: number;
  mendMs?: number;
}

/**
 * Runs jobs at their intervals, each in one of the processes that share the database. A job that fails is run again at its next
 * time. Returns how to stop: what runs is finished, and the rest is free for others at once.
 */
export async function startScheduler<Ports extends { log: Logger }>(
  options: SchedulerOptions<Ports>,
): Promise<() => Promise<void>> {
  const { jobs, deps, clock, ran, pollMs = POLL_MS, lockMs = LOCK_MS, mendMs = MEND_MS } = options;
  const db = options.db as Db;
  const stored = db.collection<StoredJob>("jobs");
  const name = randomUUID();
  const backend = new MongoBackend({ mongo: db, collection: "jobs" });
  const agenda = new Agenda({ backend, name, processEvery: pollMs, defaultLockLifetime: lockMs });
  agenda.on("error", (error: unknown) => deps.log.error({ err: error }, "the scheduler failed; it goes on"));
  agenda.on("fail", (error, job) =>
    deps.log.error({ err: error, job: job.attrs.name }, "a job failed; its next time tries again"),
  );
  /** Runs under way, until their end is stored. */
  const running = new Set<Promise<void>>();
  const ends = new Map<string, () => void>();
  agenda.on("start", (job) => {
    const end = new Promise<void>((resolve) => ends.set(job.attrs.name, resolve));
    running.add(end);
    void end.then(() => running.delete(end));
  });
  agenda.on("complete", (job) => ends.get(job.attrs.name)?.());
  const lockOf = ({ everySeconds }: Pick<Job<Ports>, "everySeconds">): number =>
    everySeconds < 60 ? Math.min(lockMs, SHORT_LOCK_MS) : lockMs;
  const timed = async ({ name: job, run }: Job<Ports>): Promise<void> => {
    const started = performance.now();
    let ok = false;
    try {
      await run(deps);
      ok = true;
    } finally {
      ran?.(job, (performance.now() - started) / 1_000, ok);
    }
  };
  await agenda.ready;
  for (const job of jobs) agenda.define(job.name, () => timed(job), { concurrency: 1, lockLifetime: lockOf(job) });
  for (const job of jobs) await noteJob(stored, job, clock.now());
  await agenda.start();
  let mending = Promise.resolve();
  const mend = setInterval(() => {
    mending = mendJobTimes(stored, jobs, clock).catch((error: unknown) =>
      deps.log.error({ err: error }, "the times of the jobs could not be looked at; the next look tries again"),
    );
  }, mendMs);
  return async () => {
    clearInterval(mend);
    await mending;
    await agenda.stop(false);
    const all = await bounded(Promise.all(running), DRAIN_MS);
    if (!all) deps.log.warn("a job did not end in time; another process begins it anew");
    // Also what was broken off, or taken up in the moment of stopping.
    await stored.updateMany({ lastModifiedBy: name, lockedAt: { $ne: null } }, { $set: { lockedAt: null } });
  };
}

/**
 * Notes a job that is not there, to be run now; of one that is there only how often it is run. agenda's own `every` would take the lock from a
 * process that is running it, and of two processes that start at the same moment make two: an `_id` made of the name is there once.
 */
async function noteJob(
  stored: Collection<StoredJob>,
  { name, everySeconds }: Pick<Job<never>, "name" | "everySeconds">,
  now: Date,
): Promise<void> {
  const fresh = { _id: objectId(idOfIntent(`job:${name}`)), priority: 0, nextRunAt: now, lockedAt: null };
  const update = { $setOnInsert: fresh, $set: { repeatInterval: everySeconds * 1_000 } };
  await unlessThere(stored.updateOne({ name, type: "single" }, update, { upsert: true }));
}
