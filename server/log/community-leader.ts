import type { Clock } from "../kernel/clock.ts";

/** How often every community is led when no event occurs, ms. Offers run out without an event. */
const LEAD_MS = 1_000;

/** Runs the work that only the holder of a community's partition may do, such as offering requests. */
export interface CommunityLeader {
  /** Marks a community in which an event has occurred. */
  stir(communityId: string): void;
  /** Leads the marked ones of these communities, and once a second all of them. */
  lead(communityIds: readonly string[]): Promise<void>;
}

/** Creates a leader. `leadOne` finds out by itself what is due in a community. */
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
