import type { UsesFigures } from "../ports.ts";
import { refreshRollups } from "./refresh-rollups.ts";

/** Before and after every day there is. */
const ALL_DAYS = { from: "0000-01-01", to: "9999-12-31" };

/**
 * Makes rounds and roll-ups anew: `readLog` brings a follower of the log, which keeps the rounds, to the end of a
 * community's log. Rounds of requests whose payloads were erased cannot be read again: they are kept as they are.
 */
export async function rebuildRollups(
  deps: UsesFigures<"store">,
  readLog: (communityId: string) => Promise<void>,
): Promise<{ communities: number; days: number }> {
  const communityIds = await deps.store.communities.ids();
  await deps.rollups.clear();
  for (const id of communityIds) await readLog(id);
  const days = await deps.rollups.stale(communityIds, ALL_DAYS.from, ALL_DAYS.to);
  await refreshRollups(deps, days);
  return { communities: communityIds.length, days: days.length };
}
