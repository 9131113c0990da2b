import type { Deps } from "../ports.ts";
import { sweepFiles } from "../usecases/files/sweep-files.ts";

const HOUR = 3_600_000;

/** Looks for orphaned pictures once an hour. Returns how to stop. Two processes may sweep at once: each deletion is conditional. */
export function startSweep(deps: Deps): () => Promise<void> {
  let sweeping: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    sweeping = sweepFiles(deps).catch((error: unknown) => deps.log.error({ err: error }, "sweeping files failed"));
  }, HOUR);
  return async () => {
    clearInterval(timer);
    await sweeping;
  };
}
