import type { Store } from "../core/store/store.ts";
import { type Consumer, type Offsets, catchUp } from "./consumer.ts";
import type { LogRow } from "./store/log-row.ts";

/** The consumers that one process runs over its communities' logs. */
export interface ConsumerGroup {
  /** Marks communities whose logs may have rows that the consumers have not processed. */
  lag(communityIds: Iterable<string>): void;
  /**
   * Brings every consumer to the end of the marked logs. `appended`: rows just appended, by community, which are not
   * read again. Returns false when no log was marked. A mark stays until all consumers have reached the end.
   */
  catchUp(appended: ReadonlyMap<string, LogRow[]>): Promise<boolean>;
  /** Drops the cached offsets, since another process may have moved them. */
  forget(): void;
}

/** Creates a group with no offsets cached. */
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
