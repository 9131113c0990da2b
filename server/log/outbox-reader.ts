import { laneOf } from "../kernel/lane.ts";
import type { Store } from "../core/store/store.ts";
import type { PendingDocument, PendingEvent } from "./store/outbox.ts";

/** Documents taken from each collection at a time. */
const BATCH = 500;

/** Events of outboxes, and which of them the log has already. */
export interface OutboxBatch {
  /** Not in the log yet, as far as is known. */
  fresh: PendingEvent[];
  /** Ids of events that are in the log. The caller adds those that it appends. */
  relayed: Set<string>;
}

/** Takes events out of outboxes: reads documents, sorts out what the log has, and clears what it has afterwards. */
export interface OutboxReader {
  /** Documents with events of these partitions. */
  pending(partitions: ReadonlySet<number>): Promise<PendingDocument[]>;
  /** Their events of these partitions. */
  batchOf(documents: readonly PendingDocument[], partitions: ReadonlySet<number>): Promise<OutboxBatch>;
  /** Removes from the outboxes what is relayed. `complete`: no event and no position was found taken. */
  clear(documents: readonly PendingDocument[], relayed: ReadonlySet<string>, complete: boolean): Promise<void>;
  /** Another process may have relayed events: the next batch asks the log. */
  forget(): void;
}

/**
 * Events that a document still has after they were relayed are rare: a crash between the append and the clearing, or a
 * document that changed while it was cleared. The log is asked for them only after such a thing may have happened.
 */
export function createOutboxReader(store: Pick<Store, "outbox" | "log">): OutboxReader {
  /** Whether an event may be in the log without being known to be. */
  let unsure = true;
  /** Events that were relayed from outboxes as they were read last, and may still be in them. */
  let lately: ReadonlySet<string> = new Set();

  return {
    pending: (partitions) => store.outbox.pending([...partitions], BATCH),
    async batchOf(documents, partitions) {
      const events = documents
        .flatMap((document) => document.events)
        .filter(({ event }) => partitions.has(laneOf(event.communityId)));
      const relayed = unsure ? await store.log.has(events.map(({ id }) => id)) : new Set<string>();
      for (const { id } of events) if (lately.has(id)) relayed.add(id);
      // Until the batch is cleared: if that is broken off, the next one asks.
      unsure = true;
      return { fresh: events.filter(({ id }) => !relayed.has(id)), relayed };
    },
    async clear(documents, relayed, complete) {
      unsure = !complete;
      lately = relayed;
      await store.outbox.clear(documents, relayed);
    },
    forget() {
      unsure = true;
    },
  };
}
