import type { Clock } from "../kernel/clock.ts";

/** When nothing happens, every community is led this often, ms: offers run out. */
const LEAD_MS = 1_000;

/** Does what only the holder of a community's partition may do, such as offering. */
export interface CommunityLeader {
  /** Something has happened to the community. */
  stir(communityId: string): void;
  /** Leads those of these communities to which something has happened, and all of them every second. */
  lead(communityIds: readonly string[]): Promise<void>;
}

/** A leader of communities; `leadOne` looks by itself what there is to do. */
export function createCommunityLeader(
  clock: Clock,
  leadOne: (communityId: string) => Promise<unknown>,
): CommunityLeader {
  const dirty = new Set<string>();
  let ledAllAt = 0;
  return {
    stir(communityId) {
      dirty.add(communityId);
    },
    async lead(communityIds) {
      const now = clock.now().getTime();
      const all = now - ledAllAt >= LEAD_MS;
      if (all) ledAllAt = now;
      const due = communityIds.filter((id) => all || dirty.has(id));
      dirty.clear();
      for (const id of due) await leadOne(id);
    },
  };
}
