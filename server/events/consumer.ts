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
  const consumed = await store.lanes.consumed(consumer.name, communityId);
  await follow(store, consumer, communityId, consumed, (pos) =>
    store.lanes.setConsumed(consumer.name, communityId, pos),
  );
}

/** Shows a consumer a community's whole log again; how far it has come is not touched. */
export const replay = (store: Store, consumer: Consumer, communityId: string): Promise<void> =>
  follow(store, consumer, communityId, 0, async () => undefined);

async function follow(
  store: Store,
  consumer: Consumer,
  communityId: string,
  from: number,
  consumed: (pos: number) => Promise<void>,
): Promise<void> {
  let pos = from;
  for (;;) {
    const rows = await store.log.after(communityId, pos, BATCH);
    const last = rows.at(-1);
    if (!last) return;
    await consumer.consume(rows);
    await consumed(last.pos);
    pos = last.pos;
  }
}
