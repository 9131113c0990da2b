import type { Keys } from "../adapters/keys/keys.ts";
import type { Store } from "../core/store/store.ts";
import type { Anchors } from "./anchors.ts";
import { type Tail, emptyTail, sealRows } from "./seal.ts";
import type { LogRow } from "./store/log.ts";
import type { PendingEvent } from "./store/outbox.ts";

/** Puts events at the ends of logs. */
export interface LogAppender {
  /**
   * Gives events the next positions of a community's log, seals them and writes them, and notes the new end. Null:
   * somebody else has written there, and how far this came is not known.
   */
  append(communityId: string, events: readonly PendingEvent[]): Promise<LogRow[] | null>;
  /** Another process may have appended: the ends of the logs are read again. */
  forget(): void;
}

/** An appender that knows the end of no log yet. */
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

/** Events of each community in order of time; those of one aggregate in order of version, whatever clocks said. */
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
