import { pino } from "pino";
import { type Job, defineJob } from "../../server/kernel/jobs/job.ts";
import type { JobLeases } from "../../server/kernel/jobs/job-lease.ts";
import { type Scheduler, createScheduler } from "../../server/kernel/jobs/scheduler.ts";
import { connect } from "../../server/core/store/connection.ts";
import { createJobLeaseRepository } from "../../server/kernel/jobs/job-lease-store.ts";
import { testClock } from "./clock.ts";
import { freshDatabase } from "./engine.ts";

/** A job with an interval of half a minute, whose runs end when the test ends them. */
export function heldJob() {
  const runs: { by: string; end: (error?: Error) => void; signal: AbortSignal | undefined }[] = [];
  let running = 0;
  let most = 0;
  const job = defineJob<string>({
    name: "held",
    every: { seconds: 30 },
    async run(by, signal) {
      most = Math.max(most, ++running);
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      runs.push({ by, end: (error) => (error ? reject(error) : resolve()), signal });
      await promise.finally(() => running--);
    },
  });
  return { job, runs, most: () => most, by: () => runs.map((run) => run.by) };
}

interface ProcessOptions {
  ran?: (job: string, seconds: number, ok: boolean) => void;
  drainMs?: number;
  leases?: JobLeases;
}

/** Processes that share a database, leases of 15 s, and clocks that the test moves. */
export async function openProcesses() {
  const { uri, name } = freshDatabase();
  const connection = await connect(uri, name);
  const leases = createJobLeaseRepository(connection);
  /** The wall clock of all processes, which a test may set. */
  const clock = testClock();
  /** The monotonic clock, which cannot be set, ms. */
  let steady = 0;
  const lines: string[] = [];
  const log = pino({}, { write: (line: string) => void lines.push(line) });
  return {
    leases,
    clock,
    /** A process: a scheduler that works when the test calls it. */
    open: (holder: string, { job }: { job: Job<string> }, options: ProcessOptions = {}): Scheduler =>
      createScheduler({
        ...{ jobs: [job], context: holder, leases, holder, clock, log, leaseMs: 15_000, ...options },
        steadyMs: () => steady,
      }),
    /** Moves both clocks forward. */
    pass(seconds: number): void {
      clock.pass(seconds / 60);
      steady += seconds * 1_000;
    },
    lease: async () => (await leases.list()).find(({ job }) => job === "held"),
    /** The number of log lines that contain these words. */
    said: (words: string): number => lines.filter((line) => line.includes(words)).length,
    /** Restores the initial state, in which no job has run. */
    async reset(): Promise<void> {
      await connection.collection("job_leases").deleteMany({});
      clock.set("2026-11-30T08:00:00+08:00");
      steady = 0;
      lines.length = 0;
    },
  };
}
