import { rollUp } from "../../domain/rollup.ts";
import type { Deps } from "../../ports.ts";
import type { Period } from "./period.ts";

/** Sums up the days of the period whose rounds have changed. Two processes may do it at once. */
export async function refreshRollups(
  deps: Pick<Deps, "store">,
  communityIds: readonly string[],
  { from, to }: Period,
): Promise<void> {
  for (const { communityId, day, stale } of await deps.store.rollups.stale(communityIds, from, to)) {
    const rounds = await deps.store.rounds.ofDay(communityId, day);
    await deps.store.rollups.save(rollUp(communityId, day, rounds), stale);
  }
}
