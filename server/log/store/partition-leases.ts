import { collectionOf } from "../../kernel/collection.ts";
import type { Connection } from "mongoose";
import mongoose from "mongoose";
import { PARTITION_COUNT } from "../../kernel/partition.ts";
import { isDuplicateKey, ignoreDuplicates } from "../../kernel/object-ids.ts";

/**
 * A lease of a partition. `token` increases by one with each change of holder, so an older token belongs to a replaced
 * holder.
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
  { collection: "partition_leases", versionKey: false },
);
const consumerSchema = new mongoose.Schema(
  { _id: String, offset: Number },
  { collection: "consumer_offsets", versionKey: false },
);

/** Stores the leases of partitions and the offsets of consumers. */
export function createPartitionRepository(connection: Connection) {
  const partitions = collectionOf<Stored>(connection.model("PartitionLease", partitionSchema));
  const offsets = collectionOf<{ _id: string; offset: number }>(connection.model("ConsumerOffset", consumerSchema));

  return {
    /** Takes a partition that is free at `now`, or renews the holder's own lease. Null: another holder has it. */
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
    /** Whether the lease's token is the current one and not expired at `now`. */
    async holds(lease: Lease, now: Date): Promise<boolean> {
      return (await partitions.findOne({ _id: lease.partition, token: lease.token, until: { $gt: now } })) !== null;
    },
    /** Partitions that are free at `now`. */
    async free(now: Date): Promise<number[]> {
      const held = await partitions.find({ until: { $gt: now } }, { projection: { _id: 1 } }).toArray();
      const taken = new Set(held.map(({ _id }) => _id));
      return Array.from({ length: PARTITION_COUNT }, (_, partition) => partition).filter(
        (partition) => !taken.has(partition),
      );
    },
    /** Ends all leases of a holder at once, so that another process need not wait until they expire. */
    async release(holder: string, now: Date): Promise<void> {
      await partitions.updateMany({ holder }, { $set: { until: now } });
    },
    /** The offset of a consumer in a community; 0 when none is stored. */
    async offset(consumer: string, communityId: string): Promise<number> {
      return (await offsets.findOne({ _id: `${consumer}:${communityId}` }))?.offset ?? 0;
    },
    /** The offsets of a consumer by community. */
    async offsetsOf(consumer: string): Promise<Map<string, number>> {
      const found = await offsets.find({ _id: { $gt: `${consumer}:`, $lt: `${consumer};` } }).toArray();
      return new Map(found.map(({ _id, offset }) => [_id.slice(consumer.length + 1), offset]));
    },
    /** Creates missing offsets with 0. {@link commitOffset} only updates existing ones. */
    async addOffsets(names: readonly string[], communityId: string): Promise<void> {
      const notes = names.map((consumer) => ({ _id: `${consumer}:${communityId}`, offset: 0 }));
      await ignoreDuplicates(offsets.insertMany(notes, { ordered: false }));
    },
    /** Stores the offsets of consumers in a community. An offset never decreases. */
    async commitOffset(names: readonly string[], communityId: string, pos: number): Promise<void> {
      const query = { _id: { $in: names.map((consumer) => `${consumer}:${communityId}`) }, offset: { $lt: pos } };
      await offsets.updateMany(query, { $set: { offset: pos } });
    },
  };
}
