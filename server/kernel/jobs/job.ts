/** A duration: the sum of its parts. */
export interface Duration {
  hours?: number;
  minutes?: number;
  seconds?: number;
}

/**
 * A recurring task, run by one process at a time. It finds the due work itself and is idempotent: a late, doubled or
 * interrupted run does each thing once.
 */
export interface Job<Context> {
  name: string;
  /** The interval between the starts of two runs, in ms. */
  everyMs: number;
  /** The longest run, in ms. A longer one counts as hung, and another process may start a new run. */
  maxRunMs: number;
  /** `signal` is aborted when this process has lost the job. A job of many parts then ends before the next part. */
  run(context: Context, signal?: AbortSignal): Promise<unknown>;
}

/** The argument of {@link defineJob}. */
export interface JobDefinition<Context> {
  /** Unique, in kebab case. It is the label of the job's metrics and the key of its lease. */
  name: string;
  every: Duration;
  run: Job<Context>["run"];
}

const MINUTE_MS = 60_000;
/** How many intervals a run may take, but at least one minute and at most ten. */
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
