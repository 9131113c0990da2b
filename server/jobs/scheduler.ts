import { MongoBackend } from "@agendajs/mongo-backend";
import { Agenda } from "agenda";
import type { Db } from "mongodb";
import type { Deps } from "../ports.ts";
import type { Job } from "./job.ts";

/** How often a process looks for a job that is due, ms. */
const POLL_MS = 1_000;
/** After so long a machine that took a job counts as dead, and another one takes it, ms. */
const LOCK_MS = 60_000;

export interface SchedulerOptions {
  jobs: readonly Job[];
  deps: Deps;
  /** The database in which the processes agree on who runs what. Mongoose brings a driver of its own, whose type is another. */
  db: unknown;
  pollMs?: number;
  lockMs?: number;
}

/**
 * Runs jobs at their intervals, each in one of the processes that share the database. A job that fails is run again at its next
 * time. Returns how to stop: what runs is finished, the rest is left to others.
 */
export async function startScheduler({
  jobs,
  deps,
  db,
  pollMs = POLL_MS,
  lockMs = LOCK_MS,
}: SchedulerOptions): Promise<() => Promise<void>> {
  const backend = new MongoBackend({ mongo: db as Db, collection: "jobs" });
  const agenda = new Agenda({ backend, processEvery: pollMs, defaultLockLifetime: lockMs });
  agenda.on("error", (error: unknown) => deps.log.error({ err: error }, "the scheduler failed; it goes on"));
  agenda.on("fail", (error, job) =>
    deps.log.error({ err: error, job: job.attrs.name }, "a job failed; its next time tries again"),
  );
  await agenda.ready;
  for (const { name, run } of jobs) agenda.define(name, () => run(deps).then(() => undefined), { concurrency: 1 });
  await agenda.start();
  for (const { name, everySeconds } of jobs) await agenda.every(everySeconds * 1_000, name);
  return async () => {
    await agenda.drain();
  };
}
