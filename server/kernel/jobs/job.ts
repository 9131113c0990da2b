/** A length of time: the sum of its parts. */
export interface Duration {
  hours?: number;
  minutes?: number;
  seconds?: number;
}

/**
 * Something that is done again and again, by one process at a time. It finds what is due by itself and is idempotent:
 * late, doubled or broken off, it does each thing once.
 */
export interface Job<Context> {
  name: string;
  /** From the start of one run to the start of the next, ms. */
  everyMs: number;
  /** A run that takes longer counts as hung, and another process may begin a new one, ms. */
  maxRunMs: number;
  /** `signal` is aborted when this process has lost the job: a job of many parts ends before the next part. */
  run(context: Context, signal?: AbortSignal): Promise<unknown>;
}

/** What {@link defineJob} takes. */
export interface JobDefinition<Context> {
  /** Unique, in kebab case. It is the label of the job's metrics and the key of its lease. */
  name: string;
  every: Duration;
  run: Job<Context>["run"];
}

const MINUTE_MS = 60_000;
/** A run may take so many intervals, but at least one minute and at most ten. */
const MAX_RUN_INTERVALS = 6;

/** Declares a job. Throws when its interval is not positive. */
export function defineJob<Context>({ name, every, run }: JobDefinition<Context>): Job<Context> {
  const everyMs = toMs(every);
  if (!(everyMs > 0)) throw new Error(`job ${name}: the interval must be positive`);
  const maxRunMs = Math.min(Math.max(MAX_RUN_INTERVALS * everyMs, MINUTE_MS), 10 * MINUTE_MS);
  return { name, everyMs, maxRunMs, run };
}

const toMs = ({ hours = 0, minutes = 0, seconds = 0 }: Duration): number =>
  ((hours * 60 + minutes) * 60 + seconds) * 1_000;
