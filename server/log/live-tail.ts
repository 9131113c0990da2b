import type { Logger } from "pino";
import type { LogRow } from "./store/log.ts";
import type { Store } from "../core/store/store.ts";

/** Without a kick the log is looked at this often, ms: events that another process has relayed. */
const POLL_MS = 250;
/** Rows that are passed on one by one; of more than that only the fact is told. */
export const MOST_TOLD = 500;

/** Hears new rows of a community, in order, each once; null rows: more came than are told, up to `pos`. */
export type Listener = (communityId: string, rows: readonly LogRow[] | null, pos: number) => void;

/** New rows of every community's log, for as long as somebody listens. */
export interface LiveTail {
  /** Listens from now on. Resolves when `head` is known; rejects, and listens no more, when that cannot be found out. */
  follow(listener: Listener): Promise<() => void>;
  /** Up to where a community's rows have been told; listeners hear what comes after. */
  head(communityId: string): number;
  /** Looks at once. */
  kick(): void;
  /** One look, after the one under way. */
  look(): Promise<void>;
  start(): void;
  stop(): Promise<void>;
}

/**
 * Tails the log up to where the notices are made, so that whoever asks after hearing of an event finds its notice too. It reads
 * one small document per community, and rows only where something came; with nobody listening it reads nothing.
 */
export function createLiveTail({
  store,
  log,
  after,
}: {
  store: Store;
  log: Logger;
  /** The consumer up to which rows are told: the inbox has their notices by then. */
  after: string;
}): LiveTail {
  const listeners = new Set<Listener>();
  /** Null: nobody listened, so that it is not known what is new. */
  let heads: Map<string, number> | null = null;
  let turn: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let queued = false;

  async function lookOnce(): Promise<void> {
    if (listeners.size === 0) return;
    const known = heads;
    const offsets = await store.lanes.offsetsOf(after);
    if (known === null) {
      heads = offsets;
      return;
    }
    for (const [communityId, pos] of offsets) {
      const from = known.get(communityId) ?? 0;
      if (pos <= from) continue;
      const rows = pos - from > MOST_TOLD ? null : await store.log.after(communityId, from, pos - from);
      known.set(communityId, pos);
      for (const listener of [...listeners]) listener(communityId, rows, pos);
    }
  }

  function look(): Promise<void> {
    const mine = turn.then(lookOnce);
    turn = mine.catch((error: unknown) => log.error({ err: error }, "live: a look failed; the next one tries again"));
    return mine;
  }

  /** Asks for a look unless one is waiting its turn already. */
  function kick(): void {
    if (queued || listeners.size === 0) return;
    queued = true;
    void turn.then(() => {
      queued = false;
      return look().catch(() => undefined);
    });
  }

  return {
    async follow(listener) {
      // Its own entry, also for a listener that has just left and comes back.
      const mine: Listener = (...told) => listener(...told);
      listeners.add(mine);
      const leave = (): void => {
        listeners.delete(mine);
        if (listeners.size === 0) heads = null;
      };
      try {
        await look();
      } catch (error) {
        leave();
        throw error;
      }
      return leave;
    },
    head: (communityId) => heads?.get(communityId) ?? 0,
    kick,
    look,
    start() {
      timer = setInterval(kick, POLL_MS);
    },
    async stop() {
      clearInterval(timer);
      await turn;
    },
  };
}
