import type { Store } from "../../store/store.ts";

/** How many ids are fetched at once, and for how long they may be handed out, ms: a newer urgent request waits at most that long. */
const FETCHED = 500;
const FRESH_MS = 500;
/** After a claim was lost to another process, it is taken to be at the same queue for this long, ms. */
const RIVALLED_MS = 1_000;
/** Beside a rival, so many times the claims under way are near enough to the head to be next. */
const SPREAD = 8;
/** Who has none of its half among these looks again, but not more often than this, ms. */
const LOOK_MS = 50;
/** So far losses of one's own half may go beyond half the claims that were made, before one thinks that the other has the same. */
const MOST_LOST = 8;

/** Hands the ids at the head of each community's queue to claimers, each to one. */
export interface QueueHead {
  /** The next id that is not in `except`, or null when nothing waits. The claim itself must still be guarded. */
  next(communityId: string, except: ReadonlySet<string>): Promise<string | null>;
  /** To be told once of each id that was handed out: it was taken, somebody else had it, or it was not tried and is handed to the next. */
  done(communityId: string, id: string, how: "taken" | "lost" | "unused"): void;
}

interface Head {
  ids: string[];
  fetchedAt: number;
  /** Not to be handed out once more: their claims are under way, or were when the queue was looked at. */
  handed: Set<string>;
  /** Of these, those whose claims have ended. */
  ended: string[];
  rivalledUntil: number;
  /** Which half of the ids this process takes first beside a rival. */
  half: number;
  /** Twice the claims of that half that were lost, less those that were made. */
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
 * A dispatcher in the process: claimers that ask at the same moment get different requests, instead of all racing for the first
 * (measured by bench:load: five to twelve times findOneAndUpdate with a sort). Two processes may hand out the same id; the guarded claim decides. Of two that lose
 * claims to each other, each soon takes the other half of the ids near the head: near in proportion to the claims that are under way, so that
 * whoever asks alone gets the first. They need not know of each other; three or more lose some claims.
 */
export function createQueueHead(store: { requests: Pick<Store["requests"], "queueHead"> }): QueueHead {
  const heads = new Map<string, Head>();
  const headOf = (communityId: string): Head => {
    const head = heads.get(communityId) ?? emptyHead();
    heads.set(communityId, head);
    return head;
  };

  /** Looks at the queue; whoever wants it at the same time gets the same look. Returns what it has found to hand out. */
  const fetch = (communityId: string, head: Head): Promise<readonly string[]> => {
    head.fetching ??= (async () => {
      try {
        // What has ended by now, the queue no longer shows, or shows again because it waits again.
        for (const id of head.ended.splice(0)) head.handed.delete(id);
        const found = await store.requests.queueHead(communityId, FETCHED + head.handed.size);
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

  /** What may be next, and whether that is what this process had best take. */
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
      if (age > FRESH_MS || !ids.length || (!good && age > LOOK_MS)) {
        let found: readonly string[];
        do {
          found = await fetch(communityId, head);
          ({ ids, good } = candidates(head, except));
          // Others who waited for the same look may have been given all of it.
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
      if (how === "lost") head.rivalledUntil = performance.now() + RIVALLED_MS;
      if (how !== "unused" && halfOf(id) === head.half) head.lost = Math.max(0, head.lost + (how === "lost" ? 2 : -1));
      if (head.lost > MOST_LOST) {
        // Both have the same half, it seems: one of them takes the other.
        head.lost = 0;
        if (Math.random() < 0.5) head.half = 1 - head.half;
      }
      if (how !== "unused") head.ended.push(id);
      else if (head.handed.delete(id)) head.ids.unshift(id);
    },
  };
}
