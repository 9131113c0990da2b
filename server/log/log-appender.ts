import type { Keys } from "../adapters/keys/keys.ts";
import type { Store } from "../core/store/store.ts";
import type { Anchors } from "./anchors.ts";
import { type Tail, emptyTail, sealRows } from "./seal.ts";
import type { LogRow } from "./store/log-row.ts";
import type { PendingEvent } from "./store/outbox.ts";

/** Appends events to the logs. */
export interface LogAppender {
  /**
   * Gives events the next positions of a community's log, seals and writes them, and notes the new end. Null: another
   * process has taken a position or an event, and an unknown part of the rows was written.
   */
  append(communityId: string, events: readonly PendingEvent[]): Promise<LogRow[] | null>;
  /** Drops the cached ends of the logs, since another process may have appended. */
  forget(): void;
}

/** Creates an appender with no ends cached. */
export function createLogAppender(parts: { store: Pick<Store, "log">; keys: Keys; anchors: Anchors }): LogAppender {
  const { store, keys, anchors } = parts;
  const tails = new Map<string, Tail>();
  return {
    async append(communityId, events) {
      const tail = tails.get(communityId) ?? (await store.log.tail(communityId)) ?? emptyTail;
      const rows = sealRows(keys, tail, events);
      const last = rows.at(-1);
      if (!last || !(await store.log.append(rows))) {
        tails.delete(communityId);
        return null;
      }
      const end = { pos: last.pos, seal: last.seal };
      tails.set(communityId, end);
      anchors.note(communityId, end);
      return rows;
    },
    forget: () => tails.clear(),
  };
}

/**
 * Groups events by community, ordered by time. Events of one aggregate stay in order of version, even when clocks
 * differed.
 */
export function byCommunity(events: readonly PendingEvent[]): Map<string, PendingEvent[]> {
  const latest = new Map<string, number>();
  const timed = events.map((pending) => {
    const aggregate = pending.id.slice(0, pending.id.indexOf(":"));
    const at = Math.max(pending.event.at.getTime(), latest.get(aggregate) ?? 0);
    latest.set(aggregate, at);
    return { at, pending };
  });
  const sorted = timed.toSorted((a, b) => a.at - b.at).map(({ pending }) => pending);
  return Map.groupBy(sorted, ({ event }) => event.communityId);
}
