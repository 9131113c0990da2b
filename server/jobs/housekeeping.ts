import type { Deps } from "../ports.ts";
import { forgetExpired } from "../usecases/account/forget-expired.ts";
import { expireExports } from "../exports/write-export.ts";
import { sweepFiles } from "../usecases/files/sweep-files.ts";

const HOUR = 3_600_000;

/** Once an hour: orphaned pictures, expired sessions and counts. Returns how to stop. Two processes may do it at once. */
export function startHousekeeping(deps: Deps): () => Promise<void> {
  let working: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    working = Promise.all([sweepFiles(deps), expireExports(deps), forgetExpired(deps)]).then(
      () => undefined,
      (error: unknown) => deps.log.error({ err: error }, "housekeeping failed; the next hour tries again"),
    );
  }, HOUR);
  return async () => {
    clearInterval(timer);
    await working;
  };
}
