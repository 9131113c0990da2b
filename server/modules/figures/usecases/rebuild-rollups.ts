import type { UsesFigures } from "../ports.ts";
import { refreshRollups } from "./refresh-rollups.ts";

/**
 * Recomputes handling cycles and roll-ups. `readLog` gives a community's whole log to the consumer that stores handling
 * cycles. Cycles of requests with erased payloads cannot be recomputed and stay as they are.
 */
export async function rebuildRollups(
  deps: UsesFigures<"store">,
  readLog: (communityId: string) => Promise<void>,
): Promise<{ communities: number; days: number }> {
  await deps.rollups.clear();
  for (const id of await deps.store.communities.ids()) await readLog(id);
  return refreshRollups(deps);
}
