import type { Logger } from "pino";
import type { Clock } from "../clock.ts";
import type { JobLease, JobLeases } from "./job-lease.ts";
import type { Job } from "./job.ts";

/** The options of a run. */
export interface JobRunOptions {
  /** The lease that was just acquired. */
  lease: JobLease;
  /** When the job runs next, once this run has ended. */
  nextRunAt: Date;
  leases: JobLeases;
  clock: Clock;
  steadyMs: () => number;
  leaseMs: number;
  log: Pick<Logger, "error" | "warn">;
  ran: (job: string, seconds: number, ok: boolean) => void;
}

/** One run of a job in this process. */
export interface JobRun {
  /** Resolves when the run is over, successful or not, and its end is stored. Never rejects. */
  ended: Promise<void>;
  /** Renews the lease when it is time to. Gives the run up when it hangs or has been replaced. */
  keep(now: Date): Promise<void>;
  /** Whether it has run for longer than the job may. */
  hangs(): boolean;
  /** Releases the lease in the middle of the run. The job stays due. */
  release(now: Date): Promise<void>;
}

/** Starts a run of a job whose lease was acquired. */
export function startRun<Context>(job: Job<Context>, context: Context, options: JobRunOptions): JobRun {
  const { lease, leases, clock, steadyMs, leaseMs, log } = options;
  const lost = new AbortController();
  const startedMs = steadyMs();
  let renewedMs = startedMs;
  let over = false;

  const hangs = (): boolean => steadyMs() - startedMs >= job.maxRunMs;

  async function run(): Promise<void> {
    let ok = false;
    try {
      await job.run(context, lost.signal);
      ok = true;
    } catch (error) {
      log.error({ err: error, job: job.name }, "a job failed; its next time tries again");
    }
    over = true;
    options.ran(job.name, (steadyMs() - startedMs) / 1_000, ok);
    // Without a lease nothing is written, since the next run stores its own end.
    if (lost.signal.aborted) return;
    try {
      const end = { holder: null, until: clock.now(), nextRunAt: options.nextRunAt };
      if (!(await leases.update(lease, end))) giveUp("a job ended after another process had taken it over");
    } catch (error) {
      log.error(
        { err: error, job: job.name },
        "the end of a job could not be stored; it is run again when its lease ends",
      );
    }
  }

  function giveUp(why: string): void {
    lost.abort();
    log.warn({ job: job.name, token: lease.token }, why);
  }

  return {
    ended: run(),
    hangs,
    async keep(now) {
      if (over || lost.signal.aborted) return;
      if (hangs()) return giveUp("a job hangs; its lease is not renewed");
      if (steadyMs() - renewedMs < leaseMs / 3) return;
      const held = await leases.update(lease, { until: new Date(now.getTime() + leaseMs) });
      if (held) renewedMs = steadyMs();
      else if (!over) giveUp("a job was taken over by another process");
    },
    async release(now) {
      if (over || lost.signal.aborted) return;
      lost.abort();
      await leases.update(lease, { holder: null, until: now });
    },
  };
}
