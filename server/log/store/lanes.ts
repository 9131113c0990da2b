import { collectionOf } from "../../kernel/collection.ts";
import type { Connection } from "mongoose";
import mongoose from "mongoose";
import { LANES } from "../../kernel/lane.ts";
import { isDuplicateKey, unlessThere } from "../../kernel/object-ids.ts";

/** A lane's lease. `token` grows by one with every change of holder: an older token is a holder that has been replaced. */
export interface Lease {
  lane: number;
  token: number;
  until: Date;
}

interface Stored {
  _id: number;
  holder: string;
  token: number;
  until: Date;
}

const laneSchema = new mongoose.Schema(
  { _id: Number, holder: String, token: Number, until: Date },
  { collection: "lanes", versionKey: false },
);
const consumerSchema = new mongoose.Schema(
  { _id: String, pos: Number },
  { collection: "consumers", versionKey: false },
);

/** Leases of lanes, and how far each consumer of the log has come. */
export function createLaneRepository(connection: Connection) {
  const lanes = collectionOf<Stored>(connection.model("Lane", laneSchema));
  const consumers = collectionOf<{
    _id: string;
    pos: number;
  }>(connection.model("Consumer", consumerSchema));

  return {
    /** Takes a lane that nobody holds at `now`, or renews one's own. Null: somebody else holds it. */
    async acquire(lane: number, holder: string, now: Date, until: Date): Promise<Lease | null> {
      const renewed = await lanes.findOneAndUpdate(
        { _id: lane, holder, until: { $gt: now } },
        { $set: { until } },
        { returnDocument: "after" },
      );
      if (renewed) return { lane, token: renewed.token, until };
      const taken = await lanes.findOneAndUpdate(
        { _id: lane, until: { $lte: now } },
        { $set: { holder, until }, $inc: { token: 1 } },
        { returnDocument: "after" },
      );
      if (taken) return { lane, token: taken.token, until };
      try {
        await lanes.insertOne({ _id: lane, holder, token: 1, until });
        return { lane, token: 1, until };
      } catch (error) {
        if (isDuplicateKey(error)) return null;
        throw error;
      }
    },
    /** Whether that token is still the lane's current one, unexpired at `now`. */
    async holds(lease: Lease, now: Date): Promise<boolean> {
      return (await lanes.findOne({ _id: lease.lane, token: lease.token, until: { $gt: now } })) !== null;
    },
    /** Lanes that nobody holds at `now`. */
    async free(now: Date): Promise<number[]> {
      const held = await lanes.find({ until: { $gt: now } }, { projection: { _id: 1 } }).toArray();
      const taken = new Set(held.map(({ _id }) => _id));
      return Array.from({ length: LANES }, (_, lane) => lane).filter((lane) => !taken.has(lane));
    },
    /** Gives lanes back at once, so that another process need not wait for the end of the lease. */
    async release(holder: string, now: Date): Promise<void> {
      await lanes.updateMany({ holder }, { $set: { until: now } });
    },
    /** How far the consumer has come in a community. */
    async offset(consumer: string, communityId: string): Promise<number> {
      return (await consumers.findOne({ _id: `${consumer}:${communityId}` }))?.pos ?? 0;
    },
    /** How far the consumer has come in every community. */
    async offsetsOf(consumer: string): Promise<Map<string, number>> {
      const found = await consumers.find({ _id: { $gt: `${consumer}:`, $lt: `${consumer};` } }).toArray();
      return new Map(found.map(({ _id, pos }) => [_id.slice(consumer.length + 1), pos]));
    },
    /** Notes positions that are not there yet, at the start of the log: {@link commitOffset} moves what is there. */
    async addOffsets(names: readonly string[], communityId: string): Promise<void> {
      const notes = names.map((consumer) => ({ _id: `${consumer}:${communityId}`, pos: 0 }));
      await unlessThere(consumers.insertMany(notes, { ordered: false }));
    },
    /** Remembers how far these consumers have come in a community; none ever goes back. */
    async commitOffset(names: readonly string[], communityId: string, pos: number): Promise<void> {
      const query = { _id: { $in: names.map((consumer) => `${consumer}:${communityId}`) }, pos: { $lt: pos } };
      await consumers.updateMany(query, { $set: { pos } });
    },
  };
}
