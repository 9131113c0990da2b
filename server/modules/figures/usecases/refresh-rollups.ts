import { type Rollup, rollUp } from "../domain/rollup.ts";
import type { FiguresStore, UsesFigures } from "../ports.ts";
import type { StaleDay } from "../store/rollups.ts";

/** A period that includes every day. */
const ALL_DAYS = { from: "0000-01-01", to: "9999-12-31" };

/** The roll-up of a day, from its current handling cycles. */
export const computeRollup = async (
  { handlingCycles }: Pick<FiguresStore, "handlingCycles">,
  { communityId, day }: Pick<StaleDay, "communityId" | "day">,
): Promise<Rollup> => rollUp(communityId, day, await handlingCycles.ofDay(communityId, day));

/**
 * Recomputes and stores every stale roll-up. Safe to run in two processes at once. Returns the number of days and of
 * communities.
 */
export async function refreshRollups(deps: UsesFigures<"store">): Promise<{ communities: number; days: number }> {
  const communityIds = await deps.store.communities.ids();
  const days = await deps.rollups.stale(communityIds, ALL_DAYS.from, ALL_DAYS.to);
  for (const day of days) await deps.rollups.save(await computeRollup(deps, day), day.stale);
  return { communities: communityIds.length, days: days.length };
}
