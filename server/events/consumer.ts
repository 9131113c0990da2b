import type { LogRow } from "../store/log.ts";
import type { Store } from "../store/store.ts";

/**
 * Something that follows the log. `consume` may see a row again after a crash: its effects carry the event id, so that twice is once.
 */
export interface Consumer {
  name: string;
  consume(rows: readonly LogRow[]): Promise<void>;
}

const BATCH = 200;

/** Brings a consumer to the end of a community's log, from where it was. */
export async function catchUp(store: Store, consumer: Consumer, communityId: string): Promise<void> {
  let pos = await store.lanes.consumed(consumer.name, communityId);
  for (;;) {
    const rows = await store.log.after(communityId, pos, BATCH);
    const last = rows.at(-1);
    if (!last) return;
    await consumer.consume(rows);
    await store.lanes.setConsumed(consumer.name, communityId, last.pos);
    pos = last.pos;
  }
}
