import { setTimeout as wait } from "node:timers/promises";
import type { Logger } from "pino";
import type { Clock } from "../clock.ts";
import { settlesWithin } from "../settles-within.ts";
import { type JobLease, type JobLeases, acquired, isDue, nextRunAfter, repaired } from "./job-lease.ts";
import { type JobRun, startRun } from "./job-run.ts";
import type { Job } from "./job.ts";

/** How often a process looks for due jobs, in ms. */
const POLL_MS = 1_000;
/**
 * How long a lease lasts without renewal, in ms. After that its process counts as dead, and another one takes the job.
 */
const LEASE_MS = 15_000;
/** How long a stop waits for running jobs, in ms. It is shorter than the remaining time of their leases. */
const DRAIN_MS = 8_000;

/** The options of {@link createScheduler}. */
export interface SchedulerOptions<Context> {
  jobs: readonly Job<Context>[];
  /** Passed to every job. */
  context: Context;
  leases: JobLeases;
  /** Names this process among all that share the leases. */
  holder: string;
  /** The time that all processes share. */
  clock: Clock;
  /** A steady clock of this process, in ms, which cannot be set. */
  steadyMs?: () => number;
  log: Pick<Logger, "error" | "warn">;
  /** Called for each run that ended. */
  ran?: (job: string, seconds: number, ok: boolean) => void;
  pollMs?: number;
  leaseMs?: number;
  drainMs?: number;
}

/** Runs jobs at their intervals, each in one of the processes that share the leases. */
export interface Scheduler {
  /** Starts and continues looking for due jobs until `stop`. */
  start(): void;
  /** Renews the leases of running jobs and starts due ones, without waiting for their end. */
  tick(): Promise<void>;
  /** Waits until no job runs in this process and the ends are stored. */
  idle(): Promise<void>;
  /** Starts no more jobs, waits a limited time for running ones, and then releases their leases. */
  stop(): Promise<void>;
}

/**
 * A running job holds a lease that is renewed. When its process dies or the run hangs, the lease ends, and another
 * process runs the job again. A failed job runs again at its next time. Several missed times lead to one run.
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
      if (await settlesWithin(idle(), options.drainMs ?? DRAIN_MS)) return;
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
