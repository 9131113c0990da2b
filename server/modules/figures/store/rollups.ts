import { collectionOf } from "../../../kernel/collection.ts";
import type { Connection } from "mongoose";
import mongoose from "mongoose";
import type { Rollup } from "../domain/rollup.ts";

/** A stored roll-up. `stale` counts the changes since it was computed; 0: it is exact. */
type Stored = Rollup & { _id: string; stale: number };

/** A day whose roll-up must be recomputed. `stale` is the count to pass to `save`. */
export interface StaleDay {
  communityId: string;
  day: string;
  stale: number;
}

const schema = new mongoose.Schema(
  {
    _id: String,
    communityId: { type: String, required: true },
    day: { type: String, required: true },
    stale: { type: Number, required: true },
  },
  { collection: "rollups", versionKey: false, strict: false },
);
schema.index({ communityId: 1, day: 1 });
schema.index({ communityId: 1, day: 1, stale: 1 }, { partialFilterExpression: { stale: { $gt: 0 } }, name: "stale" });

const idOf = (communityId: string, day: string): string => `${communityId}:${day}`;

export type RollupRepository = ReturnType<typeof createRollupRepository>;

/** Stores daily roll-ups. A day is stale from a change of one of its handling cycles until it is recomputed. */
export function createRollupRepository(connection: Connection) {
  const model = connection.model("Rollup", schema);
  const collection = collectionOf<Stored>(model);
  return {
    async markStale(days: readonly { communityId: string; day: string }[]): Promise<void> {
      const operations = days.map(({ communityId, day }) => {
        const fresh = { communityId, day, cells: [], hours: [], buildings: [] };
        const update = { $inc: { stale: 1 }, $setOnInsert: fresh };
        return { updateOne: { filter: { _id: idOf(communityId, day) }, update, upsert: true } };
      });
      if (operations.length) await collection.bulkWrite(operations, { ordered: false });
    },
    /** The stale days of these communities, both ends inclusive. */
    async stale(communityIds: readonly string[], from: string, to: string): Promise<StaleDay[]> {
      const query = { communityId: { $in: [...communityIds] }, day: { $gte: from, $lte: to }, stale: { $gt: 0 } };
      return collection.find(query, { projection: { communityId: 1, day: 1, stale: 1 } }).toArray();
    },
    /** Stores a day's roll-up, unless a handling cycle has changed since `stale` was read. The day then stays stale. */
    async save(rollup: Rollup, stale: number): Promise<void> {
      const _id = idOf(rollup.communityId, rollup.day);
      await collection.updateOne({ _id, stale }, { $set: { ...rollup, stale: 0 } });
    },
    /** The roll-ups, ordered by community and day. Those whose `stale` is not 0 must be recomputed before use. */
    async read(communityIds: readonly string[], from: string, to: string): Promise<(Rollup & StaleDay)[]> {
      const query = { communityId: { $in: [...communityIds] }, day: { $gte: from, $lte: to } };
      const found = await collection.find(query).sort({ communityId: 1, day: 1 }).toArray();
      return found.map(({ _id, ...rollup }) => rollup);
    },
    async clear(): Promise<void> {
      await collection.deleteMany({});
    },
  };
}
