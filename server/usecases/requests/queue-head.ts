import type { Store } from "../../store/store.ts";

/** How many ids are fetched at once, and for how long they may be handed out, ms: a newer urgent request waits at most that long. */
const FETCHED = 200;
const FRESH_MS = 500;
/** An id that was handed out is not handed out again for this long, ms: its claim is under way. */
const HANDED_MS = 2_000;

/** Hands the ids at the head of each community's queue to claimers, each to one. */
export interface QueueHead {
  /** The next id that is not in `except`, or null when nothing waits. The claim itself must still be guarded. */
  next(communityId: string, except: ReadonlySet<string>): Promise<string | null>;
}

interface Head {
  ids: string[];
  freshUntil: number;
  handed: Map<string, number>;
  fetching: Promise<void> | null;
}

/**
 * A dispatcher in the process: claimers that ask at the same moment get different requests, instead of all racing for the first
 * (facts: five to twelve times findOneAndUpdate with sort). Two processes may hand out the same id; the guarded claim decides.
 */
export function createQueueHead(store: Pick<Store, "requests">): QueueHead {
  const heads = new Map<string, Head>();

  const fetch = (communityId: string, head: Head): Promise<void> => {
    head.fetching ??= (async () => {
      try {
        const now = performance.now();
        for (const [id, at] of head.handed) if (at + HANDED_MS < now) head.handed.delete(id);
        const ids = await store.requests.queueHead(communityId, FETCHED + head.handed.size);
        head.ids = ids.filter((id) => !head.handed.has(id));
        head.freshUntil = performance.now() + FRESH_MS;
      } finally {
        head.fetching = null;
      }
    })();
    return head.fetching;
  };

  return {
    async next(communityId, except) {
      const head = heads.get(communityId) ?? { ids: [], freshUntil: 0, handed: new Map(), fetching: null };
      heads.set(communityId, head);
      if (head.freshUntil < performance.now() || head.ids.every((id) => except.has(id))) await fetch(communityId, head);
      const index = head.ids.findIndex((id) => !except.has(id));
      const [id] = index < 0 ? [] : head.ids.splice(index, 1);
      if (!id) return null;
      head.handed.set(id, performance.now());
      return id;
    },
  };
}
