import { ObjectId } from "mongodb";
import { addDays, dayOf } from "../../server/core/domain/community/calendar.ts";
import type { StoredRequest } from "../../server/core/store/requests/request-schema.ts";
import { refreshRollups } from "../../server/modules/figures/usecases/refresh-rollups.ts";
import { type HandlingCycle, measuresOf } from "../../server/modules/figures/domain/handling-cycles.ts";
import { writeBatches } from "../bulk.ts";
import { YEAR, fillLog, momentOf } from "../export/fill-log.ts";
import type { Stage } from "./stage.ts";
import { CONSUMERS } from "./watch.ts";

const BATCH = 1_000;
const HOUR_MS = 3_600_000;

/** Inserts `count` documents in batches. */
async function insertAll(
  { connection }: Pick<Stage, "connection">,
  collection: string,
  count: number,
  make: (n: number) => object,
): Promise<void> {
  function* batches(): Generator<object[]> {
    for (let from = 0; from < count; from += BATCH)
      yield Array.from({ length: Math.min(BATCH, count - from) }, (_, n) => make(from + n));
  }
  await writeBatches(batches(), (documents) =>
    connection.collection(collection).insertMany(documents, { ordered: false }),
  );
}

/** Empties a collection and fills it with copies of a queued request, one second apart. None of them has an offer. */
export async function fillQueue(
  stage: Stage,
  collection: string,
  model: Pick<StoredRequest, "dispatch">,
  count: number,
): Promise<void> {
  await stage.connection.collection(collection).deleteMany({});
  const rested = new Date(Date.now() + HOUR_MS);
  await insertAll(stage, collection, count, (n) => ({
    ...model,
    ...{ _id: new ObjectId(), no: `Q${collection.length}${n}${Date.now()}`, status: "queued", version: 1 },
    ...{ dispatch: { ...model.dispatch, queueKey: n * 1_000, dueAt: rested }, idempotency: [], outbox: [] },
  }));
}

/**
 * Fills a community's log with `rows` rows and sets the consumers' offsets to its end. Otherwise a server would read
 * all
 * of them when the next row comes.
 */
export async function fillFollowedLog(
  { store, keys }: Pick<Stage, "store" | "keys">,
  communityId: string,
  rows: number,
): Promise<void> {
  await fillLog(store, keys, communityId, rows);
  await store.partitions.addOffsets(CONSUMERS, communityId);
  await store.partitions.commitOffset(CONSUMERS, communityId, rows);
}

/** Fills a community with `count` handling cycles of a dozen cadres over the year, and rolls up its days. */
export async function fillHandlingCycles(
  stage: Pick<Stage, "store" | "connection" | "handlingCycles" | "rollups">,
  communityId: string,
  count: number,
): Promise<void> {
  await insertAll(stage, "handling_cycles", count, (n) => {
    const openedAt = momentOf(n, count);
    const after = (hours: number): Date => new Date(openedAt.getTime() + hours * HOUR_MS);
    const [respond, resolve] = [0.1 + (n % 97) / 40, 1 + (n % 389) / 10];
    const round: Omit<HandlingCycle, "id" | "counts"> = {
      ...{ requestId: n.toString(16).padStart(24, "a"), requestNo: `R${n}`, number: 1, communityId, acceptedIn: null },
      ...{ serviceCode: ["parcel", "noise", "lamp"][n % 3] ?? "", building: `${(n % 12) + 1}号楼` },
      ...{ cadreId: (n % 12).toString(16).padStart(24, "c"), openedAt, day: dayOf(openedAt) },
      ...{ respondBy: after(0.5), resolveBy: after(24), respondedAt: after(respond), respondedLate: respond > 0.5 },
      ...{ resolvedAt: after(resolve), resolvedLate: resolve > 24, outcome: "solved" },
      ...{ scores: { response: 5, attitude: 4, result: 5 }, ratedAt: after(resolve + 2), ended: "certified" },
    };
    return { _id: `${communityId}:${n}:1`, version: 4, ...round, counts: measuresOf({ id: "", ...round }) };
  });
  const days = Array.from({ length: YEAR.days }, (_, n) => ({ communityId, day: addDays(YEAR.from, n) }));
  await stage.rollups.markStale(days);
  await refreshRollups(stage);
}
