/** Who runs a job, and when it is to run next. One per job, shared by all processes. */
export interface JobLease {
  job: string;
  /** The process that runs the job; null: none. */
  holder: string | null;
  /** The fencing token. It grows by one with every run, so that a holder with an older one has been replaced. */
  token: number;
  /** After this the holder counts as dead. */
  until: Date;
  nextRunAt: Date;
}

/** Where the leases are kept. Every method is one atomic write or one read. */
export interface JobLeases {
  list(): Promise<JobLease[]>;
  /** Adds jobs that are not there yet, without a holder, to be run at `nextRunAt`. */
  add(jobs: readonly string[], nextRunAt: Date): Promise<void>;
  /** Writes `after` if the lease is still exactly `before`. False: it is not, and nothing was written. */
  replace(before: JobLease, after: JobLease): Promise<boolean>;
  /** Writes the holder's own lease, `held`, on. False: the holder has been replaced, and nothing was written. */
  update(held: JobLease, change: Partial<Pick<JobLease, "holder" | "until" | "nextRunAt">>): Promise<boolean>;
}

/** Clocks of processes that differ by less agree, ms. */
const CLOCK_SLACK_MS = 5_000;

const after = (at: Date, ms: number): Date => new Date(at.getTime() + ms);

/** Whether nobody runs the job and it is time to. */
export const isDue = ({ holder, until, nextRunAt }: JobLease, now: Date): boolean =>
  nextRunAt <= now && (holder === null || until <= now);

/** The lease of a new run by `holder`. */
export const acquired = (lease: JobLease, holder: string, now: Date, leaseMs: number): JobLease => ({
  ...lease,
  holder,
  token: lease.token + 1,
  until: after(now, leaseMs),
});

/**
 * A lease without times that no right clock can have written: the shared clock was ahead and has been set back. A job
 * that was put off too far is due now; a lease that is too long ends when one that is made now would, so that a holder
 * who lives keeps it. The same object when nothing is wrong.
 */
export function repaired(lease: JobLease, now: Date, times: { leaseMs: number; everyMs: number }): JobLease {
  const tooLong = lease.until > after(now, times.leaseMs + CLOCK_SLACK_MS);
  const tooLate = lease.nextRunAt > after(now, times.everyMs + CLOCK_SLACK_MS);
  if (!tooLong && !tooLate) return lease;
  return {
    ...lease,
    ...(tooLong ? { until: after(now, times.leaseMs) } : {}),
    ...(tooLate ? { nextRunAt: now } : {}),
  };
}

/**
 * The first time of the job's rhythm after `startedAt`. Times that were missed are not made up for: the run that has
 * just ended was for all of them.
 */
export function nextRunAfter(planned: Date, startedAt: Date, everyMs: number): Date {
  const missed = Math.max(0, Math.floor((startedAt.getTime() - planned.getTime()) / everyMs));
  return after(planned, (missed + 1) * everyMs);
}
