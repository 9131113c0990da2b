/** The lease of a job: which process runs it, and when it runs next. One per job, shared by all processes. */
export interface JobLease {
  job: string;
  /** The process that runs the job; null when none does. */
  holder: string | null;
  /** The fencing token. It increases by one with every run, so a holder with an older token has been replaced. */
  token: number;
  /** After this time the holder counts as dead. */
  until: Date;
  nextRunAt: Date;
}

/** The store of the leases. Every method is one atomic write or one read. */
export interface JobLeases {
  list(): Promise<JobLease[]>;
  /** Adds the jobs that are missing, without a holder, due at `nextRunAt`. */
  add(jobs: readonly string[], nextRunAt: Date): Promise<void>;
  /** Writes `after` if the lease still equals `before`. False when it does not; nothing is written then. */
  replace(before: JobLease, after: JobLease): Promise<boolean>;
  /** Changes the holder's own lease. False when the holder has been replaced; nothing is written then. */
  update(held: JobLease, change: Partial<Pick<JobLease, "holder" | "until" | "nextRunAt">>): Promise<boolean>;
}

/** The clock difference between processes that is tolerated, in ms. */
const CLOCK_SLACK_MS = 5_000;

const after = (at: Date, ms: number): Date => new Date(at.getTime() + ms);

/** Whether the job is due and no process runs it. */
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
 * A lease with impossible times corrected, as after the shared clock was ahead and was set back. A next run that lies
 * too far ahead becomes due now. A lease that is too long gets the length of a new one, so that a living holder keeps
 * it. Returns the same object when nothing is wrong.
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

/** The job's next time after `startedAt`. Missed times are skipped, since the run that has just ended covers them. */
export function nextRunAfter(planned: Date, startedAt: Date, everyMs: number): Date {
  const missed = Math.max(0, Math.floor((startedAt.getTime() - planned.getTime()) / everyMs));
  return after(planned, (missed + 1) * everyMs);
}
