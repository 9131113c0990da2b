import type { Uses } from "../../ports.ts";

/** Deletes sessions, codes, counts, notes of claims and verdicts on photos that are past their time. */
export async function deleteExpired(deps: Uses<"clock" | "files" | "store">): Promise<void> {
  const now = deps.clock.now();
  await deps.store.sessions.forget(now);
  await deps.store.otps.forget(now);
  await deps.store.loginThrottles.forget(now);
  await deps.store.limits.forget(now);
  await deps.store.claimIntents.forget(now);
  await deps.files.checks.forget(now);
}
