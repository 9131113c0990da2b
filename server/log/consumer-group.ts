import type { Store } from "../core/store/store.ts";
import { type Consumer, type Offsets, catchUp } from "./consumer.ts";
import type { LogRow } from "./store/log.ts";

/** The consumers of the log that follow it together. */
export interface ConsumerGroup {
  /** The logs of these communities may have rows that the consumers have not seen. */
  lag(communityIds: Iterable<string>): void;
  /**
   * Brings every consumer to the end of the logs that lag. `appended`: rows that were just put at the ends, and need
   * not be read. False: none lagged. A log stays behind until all consumers have come to its end.
   */
  catchUp(appended: ReadonlyMap<string, LogRow[]>): Promise<boolean>;
  /** Another process may have moved the consumers: their offsets are read again. */
  forget(): void;
}

/** Consumers whose offsets are not known yet. */
export function createConsumerGroup(store: Store, consumers: readonly Consumer[]): ConsumerGroup {
  const offsets: Offsets = new Map();
  const behind = new Set<string>();
  return {
    lag(communityIds) {
      for (const id of communityIds) behind.add(id);
    },
    async catchUp(appended) {
      if (!behind.size) return false;
      const communityIds = [...behind];
      await catchUp(store, consumers, communityIds, { offsets, appended });
      for (const id of communityIds) behind.delete(id);
      return true;
    },
    forget: () => offsets.clear(),
  };
}
