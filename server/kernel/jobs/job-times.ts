import type { Clock } from "../clock.ts";
import type { Collection } from "mongodb";
import type { Job } from "./job.ts";

/** What of agenda's documents is looked at. */
export interface StoredJob {
  name: string;
  type?: "single";
  priority?: number;
  repeatInterval?: number;
  nextRunAt: Date | null;
  lockedAt: Date | null;
  lastModifiedBy: string | null;
}

/** Clocks that differ by less agree, ms. */
const SLACK_MS = 5_000;

/**
 * agenda goes by the clock of the machine, and machines' clocks may be wrong: one that is an hour ahead puts a job off for all
 * by an hour, and holds its lock for as long; one that is behind does not see what is due. Here that is set right by the time that all
 * processes share (`clock`). A job that is run too often for it does each thing once all the same.
 */
export async function mendJobTimes(
  stored: Collection<StoredJob>,
  jobs: readonly Pick<Job<never>, "name" | "everySeconds">[],
  clock: Clock,
  machine: Clock = { now: () => new Date() },
): Promise<void> {
  const now = clock.now();
  const latest = new Date(now.getTime() + SLACK_MS);
  await stored.updateMany({ lockedAt: { $gt: latest } }, { $set: { lockedAt: now } });
  for (const { name, everySeconds } of jobs) {
    const tooLate = new Date(latest.getTime() + everySeconds * 1_000);
    await stored.updateMany({ name, nextRunAt: { $gt: tooLate } }, { $set: { nextRunAt: now } });
  }
  const here = machine.now();
  if (now.getTime() - here.getTime() < SLACK_MS) return;
  await stored.updateMany({ lockedAt: null, nextRunAt: { $gt: here, $lte: now } }, { $set: { nextRunAt: here } });
}
