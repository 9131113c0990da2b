import { setTimeout as wait } from "node:timers/promises";
import type { Logger } from "pino";
import type { Clock } from "../clock.ts";
import { bounded } from "../bounded.ts";
import { type JobLease, type JobLeases, acquired, isDue, nextRunAfter, repaired } from "./job-lease.ts";
import { type JobRun, startRun } from "./job-run.ts";
import type { Job } from "./job.ts";

/** How often a process looks for a job that is due, ms. */
const POLL_MS = 1_000;
/** A process that has not renewed its lease for so long counts as dead, and another one takes the job, ms. */
const LEASE_MS = 15_000;
/** How long a stop waits for jobs that run, ms. It is shorter than what is left of a lease then. */
const DRAIN_MS = 8_000;

export interface SchedulerOptions<Context> {
  jobs: readonly Job<Context>[];
  /** What every job is given. */
  context: Context;
  leases: JobLeases;
  /** Names this process among all that share the leases. */
  holder: string;
  /** The time that all processes share. */
  clock: Clock;
  /** A clock of this process that nobody can set, ms. */
  steadyMs?: () => number;
  log: Pick<Logger, "error" | "warn">;
  /** Hears of each run that ended. */
  ran?: (job: string, seconds: number, ok: boolean) => void;
  pollMs?: number;
  leaseMs?: number;
  drainMs?: number;
}

/** Runs jobs at their intervals, each in one of the processes that share the leases. */
export interface Scheduler {
  /** Looks for jobs that are due again and again, until `stop`. */
  start(): void;
  /** Renews the leases of what runs and begins what is due, without waiting for its end. */
  tick(): Promise<void>;
  /** Waits until nothing runs in this process and the ends are stored. */
  idle(): Promise<void>;
  /** Begins nothing more, waits a bounded time for what runs, and frees the rest for others at once. */
  stop(): Promise<void>;
}

/**
 * A job is held by a lease that is renewed while it runs. The lease of a process that died, or hangs, ends, and another
 * process begins the job anew. A job that fails runs again at its next time; times that were missed are run once.
 */
export function createScheduler<Context>(options: SchedulerOptions<Context>): Scheduler {
  const { jobs, leases, holder, clock, log, leaseMs = LEASE_MS } = options;
  const steadyMs = options.steadyMs ?? (() => performance.now());
  const runs = new Map<string, JobRun>();
  const stopped = new AbortController();
  let loop: Promise<void> = Promise.resolve();

  async function tick(): Promise<void> {
    for (const run of runs.values()) await run.keep(clock.now());
    const stored = new Map((await leases.list()).map((lease) => [lease.job, lease]));
    const unknown = jobs.filter(({ name }) => !stored.has(name)).map(({ name }) => name);
    if (unknown.length) {
      await leases.add(unknown, clock.now());
      for (const lease of await leases.list()) stored.set(lease.job, lease);
    }
    for (const job of jobs) await beginIfDue(job, stored);
  }

  async function beginIfDue(job: Job<Context>, stored: ReadonlyMap<string, JobLease>): Promise<void> {
    const found = stored.get(job.name);
    if (!found || stopped.signal.aborted) return;
    const now = clock.now();
    const lease = repaired(found, now, { leaseMs, everyMs: job.everyMs });
    if (lease !== found) log.warn({ job: job.name, found }, "the times of a job were ahead of the clock; set right");
    if (lease !== found && !(await leases.replace(found, lease))) return;
    if (!isDue(lease, now) || runs.get(job.name)?.hangs() === false) return;
    const held = acquired(lease, holder, now, leaseMs);
    if (!(await leases.replace(lease, held))) return;
    const run = startRun(job, options.context, {
      lease: held,
      nextRunAt: nextRunAfter(lease.nextRunAt, now, job.everyMs),
      ...{ leases, clock, steadyMs, leaseMs, log },
      ran: options.ran ?? (() => undefined),
    });
    runs.set(job.name, run);
    void run.ended.then(() => {
      if (runs.get(job.name) === run) runs.delete(job.name);
    });
  }

  async function work(): Promise<void> {
    while (!stopped.signal.aborted) {
      try {
        await tick();
      } catch (error) {
        log.error({ err: error }, "the scheduler failed; it goes on");
      }
      await wait(options.pollMs ?? POLL_MS, undefined, { signal: stopped.signal }).catch(() => undefined);
    }
  }

  const idle = async (): Promise<void> => {
    await Promise.all([...runs.values()].map(({ ended }) => ended));
  };

  return {
    start() {
      loop = work();
    },
    tick,
    idle,
    async stop() {
      stopped.abort();
      await loop;
      if (await bounded(idle(), options.drainMs ?? DRAIN_MS)) return;
      log.warn("a job did not end in time; another process begins it anew");
      for (const run of runs.values()) await run.release(clock.now());
    },
  };
}

/** Starts a scheduler; returns how to stop it. */
export function startScheduler<Context>(options: SchedulerOptions<Context>): () => Promise<void> {
  const scheduler = createScheduler(options);
  scheduler.start();
  return scheduler.stop;
}
