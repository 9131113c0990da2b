import { collectionOf } from "../../kernel/collection.ts";
import type { Connection } from "mongoose";
import mongoose from "mongoose";
import { PARTITION_COUNT } from "../../kernel/partition.ts";
import { isDuplicateKey, ignoreDuplicates } from "../../kernel/object-ids.ts";

/**
 * A partition's lease. `token` grows by one with every change of holder: an older token is a holder that has been
 * replaced.
 */
export interface Lease {
  partition: number;
  token: number;
  until: Date;
}

interface Stored {
  _id: number;
  holder: string;
  token: number;
  until: Date;
}

const partitionSchema = new mongoose.Schema(
  { _id: Number, holder: String, token: Number, until: Date },
  { collection: "lanes", versionKey: false },
);
const consumerSchema = new mongoose.Schema(
  { _id: String, pos: Number },
  { collection: "consumers", versionKey: false },
);

/** Leases of partitions, and how far each consumer of the log has come. */
export function createPartitionRepository(connection: Connection) {
  const partitions = collectionOf<Stored>(connection.model("Lane", partitionSchema));
  const consumers = collectionOf<{
    _id: string;
    pos: number;
  }>(connection.model("Consumer", consumerSchema));

  return {
    /** Takes a partition that nobody holds at `now`, or renews one's own. Null: somebody else holds it. */
    async acquire(partition: number, holder: string, now: Date, until: Date): Promise<Lease | null> {
      const renewed = await partitions.findOneAndUpdate(
        { _id: partition, holder, until: { $gt: now } },
        { $set: { until } },
        { returnDocument: "after" },
      );
      if (renewed) return { partition, token: renewed.token, until };
      const taken = await partitions.findOneAndUpdate(
        { _id: partition, until: { $lte: now } },
        { $set: { holder, until }, $inc: { token: 1 } },
        { returnDocument: "after" },
      );
      if (taken) return { partition, token: taken.token, until };
      try {
        await partitions.insertOne({ _id: partition, holder, token: 1, until });
        return { partition, token: 1, until };
      } catch (error) {
        if (isDuplicateKey(error)) return null;
        throw error;
      }
    },
    /** Whether that token is still the partition's current one, unexpired at `now`. */
    async holds(lease: Lease, now: Date): Promise<boolean> {
      return (await partitions.findOne({ _id: lease.partition, token: lease.token, until: { $gt: now } })) !== null;
    },
    /** Lanes that nobody holds at `now`. */
    async free(now: Date): Promise<number[]> {
      const held = await partitions.find({ until: { $gt: now } }, { projection: { _id: 1 } }).toArray();
      const taken = new Set(held.map(({ _id }) => _id));
      return Array.from({ length: PARTITION_COUNT }, (_, partition) => partition).filter(
        (partition) => !taken.has(partition),
      );
    },
    /** Gives partitions back at once, so that another process need not wait for the end of the lease. */
    async release(holder: string, now: Date): Promise<void> {
      await partitions.updateMany({ holder }, { $set: { until: now } });
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
      await ignoreDuplicates(consumers.insertMany(notes, { ordered: false }));
    },
    /** Remembers how far these consumers have come in a community; none ever goes back. */
    async commitOffset(names: readonly string[], communityId: string, pos: number): Promise<void> {
      const query = { _id: { $in: names.map((consumer) => `${consumer}:${communityId}`) }, pos: { $lt: pos } };
      await consumers.updateMany(query, { $set: { pos } });
    },
  };
}
