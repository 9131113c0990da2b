import type { LogRow } from "./store/log.ts";
import type { Store } from "../core/store/store.ts";

/**
 * Something that follows the log. `consume` gets rows of one or several communities, each community's in order, and may see a row again
 * after a crash: its effects carry the event id, so that to consume it again changes nothing.
 */
export interface Consumer {
  name: string;
  consume(rows: readonly LogRow[]): Promise<void>;
}

const BATCH = 500;

/** How far each consumer has come in each community, as far as it is known: `consumer:community`. */
export type Offsets = Map<string, number>;

const at = (consumer: Consumer, communityId: string): string => `${consumer.name}:${communityId}`;

/**
 * Brings consumers to the end of the logs of these communities, from where each was. What is new is mostly little: it is read once and
 * shown to one consumer after the other for all communities together. `offsets` is kept from call to call by whoever holds the partitions; `appended`
 * are rows that the caller has just put at the ends of logs, which need not be read.
 */
export async function catchUp(
  store: Store,
  consumers: readonly Consumer[],
  communityIds: readonly string[],
  { offsets = new Map(), appended = new Map() }: { offsets?: Offsets; appended?: ReadonlyMap<string, LogRow[]> } = {},
): Promise<void> {
  await learn(store, consumers, communityIds, offsets);
  const far: string[] = [];
  const news: LogRow[][] = [];
  for (const communityId of communityIds) {
    const from = Math.min(...consumers.map((consumer) => offsets.get(at(consumer, communityId)) ?? 0));
    const here = appended.get(communityId);
    const rows = here?.[0]?.pos === from + 1 ? here : await store.log.after(communityId, from, BATCH);
    if (rows === here || rows.length < BATCH) news.push(rows);
    else far.push(communityId);
  }
  await showNews(store, consumers, news, offsets);
  for (const communityId of far) {
    for (const consumer of consumers) {
      await follow(store, consumer, communityId, offsets.get(at(consumer, communityId)) ?? 0, async (pos) => {
        await store.lanes.commitOffset([consumer.name], communityId, pos);
        offsets.set(at(consumer, communityId), pos);
      });
    }
  }
}

async function learn(
  store: Store,
  consumers: readonly Consumer[],
  communityIds: readonly string[],
  offsets: Offsets,
): Promise<void> {
  const unknown = communityIds.filter((id) => consumers.some((consumer) => !offsets.has(at(consumer, id))));
  if (!unknown.length) return;
  for (const consumer of consumers) {
    const known = await store.lanes.offsetsOf(consumer.name);
    for (const id of unknown) {
      if (!known.has(id)) await store.lanes.addOffsets([consumer.name], id);
      offsets.set(at(consumer, id), known.get(id) ?? 0);
    }
  }
}

/** Shows each consumer what it has not seen. When one fails, those before it keep what they have done, and those after it wait. */
async function showNews(
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
      await store.lanes.commitOffset(names, last.communityId, last.pos);
      for (const consumer of seen) offsets.set(at(consumer, last.communityId), last.pos);
    }
  }
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
