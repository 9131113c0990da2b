import type { Store } from "../../store/store.ts";

/**
 * How many ids are fetched at once, and for how long they may be handed out, in ms. A newer urgent request waits at
 * most that long.
 */
const FETCH_SIZE = 500;
const FRESH_MS = 500;
/** How long a lost claim counts as a sign that another process serves the same queue, in ms. */
const RIVAL_MEMORY_MS = 1_000;
/** With a rival, ids near the head may be handed out, not only the first: this many for each claim under way. */
const SPREAD = 8;
/** A process without an id of its half among these fetches again, but not more often than this, in ms. */
const POLL_MS = 50;
/**
 * How far lost claims of the own half may exceed half of the successful ones before the other process is assumed to
 * have the same half.
 */
const MAX_LOST_CLAIMS = 8;

/** Hands out the ids at the head of each community's queue to claimers, each id to one of them. */
export interface QueueHead {
  /** The next id that is not in `except`, or null when nothing waits. The caller's claim must still be guarded. */
  next(communityId: string, except: ReadonlySet<string>): Promise<string | null>;
  /**
   * Must be called once for each id that was handed out: it was claimed, somebody else had it, or it was not tried and
   * can be handed out again.
   */
  done(communityId: string, id: string, how: "taken" | "lost" | "unused"): void;
}

interface Head {
  ids: string[];
  fetchedAt: number;
  /** Ids that are not handed out again: their claims are under way, or were when the queue was last fetched. */
  handed: Set<string>;
  /** Those of `handed` whose claims have ended. */
  ended: string[];
  rivalledUntil: number;
  /** The half of the ids that this process takes first when there is a rival. */
  half: number;
  /** Twice the lost claims of that half, less the successful ones. */
  lost: number;
  fetching: Promise<readonly string[]> | null;
}

const emptyHead = (): Head => ({
  ...{ ids: [], fetchedAt: -Infinity, handed: new Set(), ended: [], rivalledUntil: 0, fetching: null },
  ...{ half: Math.random() < 0.5 ? 0 : 1, lost: 0 },
});

const halfOf = (id: string): number => id.charCodeAt(id.length - 1) % 2;
const pick = (ids: readonly string[]): string | undefined => ids[Math.floor(Math.random() * ids.length)];

/**
 * Distributes queue heads within this process: simultaneous claimers get different requests and do not compete for the
 * first (five to twelve times as fast as findOneAndUpdate with a sort, measured by bench:load). Two processes may hand
 * out the same id; the guarded claim decides. Two processes that lose claims to each other soon take different halves
 * of the ids near the head. How many ids count as near is proportional to the claims under way, so that a single
 * claimer gets the first. The processes do not communicate. Three or more processes lose some claims.
 */
export function createQueueHead(store: { requests: Pick<Store["requests"], "queueHead"> }): QueueHead {
  const heads = new Map<string, Head>();
  const headOf = (communityId: string): Head => {
    const head = heads.get(communityId) ?? emptyHead();
    heads.set(communityId, head);
    return head;
  };

  /** Fetches the head of the queue; simultaneous callers share one fetch. Returns the ids that can be handed out. */
  const fetch = (communityId: string, head: Head): Promise<readonly string[]> => {
    head.fetching ??= (async () => {
      try {
        // Claims that have ended by now are reflected in the fetched queue: their ids are missing, or are waiting
        // again.
        for (const id of head.ended.splice(0)) head.handed.delete(id);
        const found = await store.requests.queueHead(communityId, FETCH_SIZE + head.handed.size);
        const ids = found.filter((id) => !head.handed.has(id));
        head.ids = [...ids];
        head.fetchedAt = performance.now();
        return ids;
      } finally {
        head.fetching = null;
      }
    })();
    return head.fetching;
  };

  /** The ids that may be handed out next, and whether they are those that this process prefers. */
  function candidates(head: Head, except: ReadonlySet<string>): { ids: readonly string[]; good: boolean } {
    const waiting = head.ids.filter((id) => !except.has(id));
    const near = head.rivalledUntil > performance.now() ? 1 + SPREAD * (head.handed.size - head.ended.length) : 1;
    const ids = waiting.slice(0, near);
    const own = near > 1 ? ids.filter((id) => halfOf(id) === head.half) : ids;
    return { ids: own.length ? own : ids, good: own.length > 0 };
  }

  return {
    async next(communityId, except) {
      const head = headOf(communityId);
      let { ids, good } = candidates(head, except);
      const age = performance.now() - head.fetchedAt;
      if (age > FRESH_MS || !ids.length || (!good && age > POLL_MS)) {
        let found: readonly string[];
        do {
          found = await fetch(communityId, head);
          ({ ids, good } = candidates(head, except));
          // Other callers of the same fetch may have been given all of its ids.
        } while (!ids.length && found.some((id) => !except.has(id)));
      }
      const id = pick(ids);
      if (!id) return null;
      head.ids.splice(head.ids.indexOf(id), 1);
      head.handed.add(id);
      return id;
    },
    done(communityId, id, how) {
      const head = headOf(communityId);
      if (how === "lost") head.rivalledUntil = performance.now() + RIVAL_MEMORY_MS;
      if (how !== "unused" && halfOf(id) === head.half) head.lost = Math.max(0, head.lost + (how === "lost" ? 2 : -1));
      if (head.lost > MAX_LOST_CLAIMS) {
        // Both processes seem to have the same half. Each changes with a probability of one half.
        head.lost = 0;
        if (Math.random() < 0.5) head.half = 1 - head.half;
      }
      if (how !== "unused") head.ended.push(id);
      else if (head.handed.delete(id)) head.ids.unshift(id);
    },
  };
}
