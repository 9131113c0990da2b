import { partitionOf } from "../kernel/partition.ts";
import type { Store } from "../core/store/store.ts";
import type { PendingDocument, PendingEvent } from "./store/outbox.ts";

/** How many documents are taken from each collection at a time. */
const BATCH = 500;

/** Events of outboxes, and which of them are in the log. */
export interface OutboxBatch {
  /** Events that are not in the log, as far as the reader knows. */
  fresh: PendingEvent[];
  /** Ids of events that are in the log. The caller adds the ids of those that it appends. */
  relayed: Set<string>;
}

/** Reads events from outboxes, finds those that the log has already, and clears relayed ones. */
export interface OutboxReader {
  /** Documents whose outbox has events of these partitions. */
  pending(partitions: ReadonlySet<number>): Promise<PendingDocument[]>;
  /** The events of these documents that belong to these partitions. */
  batchOf(documents: readonly PendingDocument[], partitions: ReadonlySet<number>): Promise<OutboxBatch>;
  /** Removes relayed events from the outboxes. `complete`: no append met a taken position or event. */
  clear(documents: readonly PendingDocument[], relayed: ReadonlySet<string>, complete: boolean): Promise<void>;
  /** Another process may have relayed events: the next batch is compared with the log. */
  forget(): void;
}

/**
 * An event rarely stays in an outbox after it was relayed: only after a crash between append and clear, or when its
 * document changed during the clear. The reader therefore queries the log only when one of these may have happened.
 */
export function createOutboxReader(store: Pick<Store, "outbox" | "log">): OutboxReader {
  /** Whether the log may have events that the reader does not know to be there. */
  let unsure = true;
  /** Ids of the events of the last batch that were relayed. They may still be in the outboxes. */
  let lately: ReadonlySet<string> = new Set();

  return {
    pending: (partitions) => store.outbox.pending([...partitions], BATCH),
    async batchOf(documents, partitions) {
      const events = documents
        .flatMap((document) => document.events)
        .filter(({ event }) => partitions.has(partitionOf(event.communityId)));
      const relayed = unsure ? await store.log.has(events.map(({ id }) => id)) : new Set<string>();
      for (const { id } of events) if (lately.has(id)) relayed.add(id);
      // Stays true until the batch is cleared, so that the next one queries the log if this one fails.
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
