import type { LogRow } from "./store/log-row.ts";
import type { Store } from "../core/store/store.ts";

/**
 * A consumer of the log. `consume` gets rows of one or more communities, those of each community in order. After a
 * crash it may get a row again, so its effects are keyed by the event id and consuming a row twice changes nothing.
 */
export interface Consumer {
  name: string;
  consume(rows: readonly LogRow[]): Promise<void>;
}

const BATCH = 500;

/** Cached offsets of consumers; the key is `consumer:community`. */
export type Offsets = Map<string, number>;

const at = (consumer: Consumer, communityId: string): string => `${consumer.name}:${communityId}`;

/**
 * Brings consumers to the end of these communities' logs. A short backlog is read once and given to one consumer after
 * the other, for all communities together. A backlog of {@link BATCH} rows or more is read in batches by each consumer.
 * `offsets` is the cache that the holder of the partitions keeps between calls; `appended` are rows that the caller has
 * just appended, which are not read again.
 */
export async function catchUp(
  store: Store,
  consumers: readonly Consumer[],
  communityIds: readonly string[],
  { offsets = new Map(), appended = new Map() }: { offsets?: Offsets; appended?: ReadonlyMap<string, LogRow[]> } = {},
): Promise<void> {
  await loadOffsets(store, consumers, communityIds, offsets);
  const far: string[] = [];
  const news: LogRow[][] = [];
  for (const communityId of communityIds) {
    const from = Math.min(...consumers.map((consumer) => offsets.get(at(consumer, communityId)) ?? 0));
    const here = appended.get(communityId);
    const rows = here?.[0]?.pos === from + 1 ? here : await store.log.after(communityId, from, BATCH);
    if (rows === here || rows.length < BATCH) news.push(rows);
    else far.push(communityId);
  }
  await deliverAppended(store, consumers, news, offsets);
  for (const communityId of far) {
    for (const consumer of consumers) {
      await follow(store, consumer, communityId, offsets.get(at(consumer, communityId)) ?? 0, async (pos) => {
        await store.partitions.commitOffset([consumer.name], communityId, pos);
        offsets.set(at(consumer, communityId), pos);
      });
    }
  }
}

async function loadOffsets(
  store: Store,
  consumers: readonly Consumer[],
  communityIds: readonly string[],
  offsets: Offsets,
): Promise<void> {
  const unknown = communityIds.filter((id) => consumers.some((consumer) => !offsets.has(at(consumer, id))));
  if (!unknown.length) return;
  for (const consumer of consumers) {
    const known = await store.partitions.offsetsOf(consumer.name);
    for (const id of unknown) {
      if (!known.has(id)) await store.partitions.addOffsets([consumer.name], id);
      offsets.set(at(consumer, id), known.get(id) ?? 0);
    }
  }
}

/**
 * Gives each consumer the rows beyond its offset. When one fails, the offsets of those before it are committed and
 * those after it do not run.
 */
async function deliverAppended(
  store: Store,
  consumers: readonly Consumer[],
  news: readonly (readonly LogRow[])[],
  offsets: Offsets,
): Promise<void> {
  const seen: Consumer[] = [];
  try {
    for (const consumer of consumers) {
      const unseen = news.flatMap((rows) =>
        rows.filter(({ communityId, pos }) => pos > (offsets.get(at(consumer, communityId)) ?? 0)),
      );
      if (unseen.length) await consumer.consume(unseen);
      seen.push(consumer);
    }
  } finally {
    const names = seen.map(({ name }) => name);
    for (const rows of news) {
      const last = rows.at(-1);
      if (!last || !names.length) continue;
      await store.partitions.commitOffset(names, last.communityId, last.pos);
      for (const consumer of seen) offsets.set(at(consumer, last.communityId), last.pos);
    }
  }
}

/** Gives a consumer a community's whole log again. Its stored offset does not change. */
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
