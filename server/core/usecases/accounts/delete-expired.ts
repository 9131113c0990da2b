import type { Uses } from "../../ports.ts";

/** Deletes expired sessions, codes, counts, claim reservations and photo verdicts. */
export async function deleteExpired(deps: Uses<"clock" | "files" | "store">): Promise<void> {
  const now = deps.clock.now();
  await deps.store.sessions.forget(now);
  await deps.store.otps.forget(now);
  await deps.store.loginThrottles.forget(now);
  await deps.store.limits.forget(now);
  await deps.store.claimReservations.forget(now);
  await deps.files.checks.forget(now);
}
