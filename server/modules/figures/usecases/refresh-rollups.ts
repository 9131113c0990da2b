import { type Rollup, rollUp } from "../domain/rollup.ts";
import type { UsesFigures } from "../ports.ts";
import type { StaleDay } from "../store/rollups.ts";

/** Sums up days whose rounds have changed, and returns the sums. Two processes may do it at once. */
export async function refreshRollups(deps: UsesFigures<"store">, days: readonly StaleDay[]): Promise<Rollup[]> {
  const made: Rollup[] = [];
  for (const { communityId, day, stale } of days) {
    const rollup = rollUp(communityId, day, await deps.handlingCycles.ofDay(communityId, day));
    await deps.rollups.save(rollup, stale);
    made.push(rollup);
  }
  return made;
}
