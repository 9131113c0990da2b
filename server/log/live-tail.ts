import type { Logger } from "pino";
import type { LogRow } from "./store/log-row.ts";
import type { Store } from "../core/store/store.ts";

/** How often the log is polled without a wake-up, ms. Polling finds events that another process has relayed. */
const POLL_MS = 250;
/** At most so many rows are passed on at once. Beyond that listeners only get the new position. */
export const MAX_ROWS_PUSHED = 500;

/**
 * Gets the new rows of a community, in order, each once. `rows` is null when there were more than {@link
 * MAX_ROWS_PUSHED}; `pos` is the last position.
 */
export type Listener = (communityId: string, rows: readonly LogRow[] | null, pos: number) => void;

/** New rows of every community's log, while there are listeners. */
export interface LiveTail {
  /**
   * Adds a listener and returns a function that removes it. Resolves when `head` is known. Rejects, and removes the
   * listener, when the offsets cannot be read.
   */
  follow(listener: Listener): Promise<() => void>;
  /** The last position of a community that listeners were given. */
  head(communityId: string): number;
  /** Polls at once. */
  wake(): void;
  /** Polls once, after the poll in progress. */
  poll(): Promise<void>;
  start(): void;
  stop(): Promise<void>;
}

/**
 * Follows the log up to the offset of the consumer `after`. A client that asks after an event therefore finds its
 * notice too. Each poll reads one small document per community, and rows only where there are new ones. Without
 * listeners nothing is read.
 */
export function createLiveTail({
  store,
  log,
  after,
}: {
  store: Store;
  log: Logger;
  /** The name of the consumer whose offset bounds what is passed on: the one that writes notices. */
  after: string;
}): LiveTail {
  const listeners = new Set<Listener>();
  /** The last position passed on, by community; null while there is no listener. */
  let heads: Map<string, number> | null = null;
  let turn: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let queued = false;

  async function lookOnce(): Promise<void> {
    if (listeners.size === 0) return;
    const known = heads;
    const offsets = await store.partitions.offsetsOf(after);
    if (known === null) {
      heads = offsets;
      return;
    }
    for (const [communityId, pos] of offsets) {
      const from = known.get(communityId) ?? 0;
      if (pos <= from) continue;
      const rows = pos - from > MAX_ROWS_PUSHED ? null : await store.log.after(communityId, from, pos - from);
      known.set(communityId, pos);
      for (const listener of [...listeners]) listener(communityId, rows, pos);
    }
  }

  function poll(): Promise<void> {
    const mine = turn.then(lookOnce);
    turn = mine.catch((error: unknown) => log.error({ err: error }, "live: a look failed; the next one tries again"));
    return mine;
  }

  /** Polls unless a poll is queued already. */
  function wake(): void {
    if (queued || listeners.size === 0) return;
    queued = true;
    void turn.then(() => {
      queued = false;
      return poll().catch(() => undefined);
    });
  }

  return {
    async follow(listener) {
      // Each call has its own entry in the set, so that the same function may be added again before it was removed.
      const mine: Listener = (...told) => listener(...told);
      listeners.add(mine);
      const leave = (): void => {
        listeners.delete(mine);
        if (listeners.size === 0) heads = null;
      };
      try {
        await poll();
      } catch (error) {
        leave();
        throw error;
      }
      return leave;
    },
    head: (communityId) => heads?.get(communityId) ?? 0,
    wake,
    poll,
    start() {
      timer = setInterval(wake, POLL_MS);
    },
    async stop() {
      clearInterval(timer);
      await turn;
    },
  };
}
