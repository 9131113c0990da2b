import { collectionNamed } from "../../kernel/collection.ts";
import type { Connection } from "mongoose";
import type mongoose from "mongoose";

/** The measured fields of a job's lease. */
interface StoredLease {
  _id: string;
  holder: string | null;
  nextRunAt: Date;
}

/**
 * Gauges of the whole installation; every process reads the same values. They contain numbers and the names of
 * communities and jobs only.
 */
export function createGaugeRepository(connection: Connection) {
  const collection = <T extends mongoose.mongo.Document>(name: string) => collectionNamed<T>(connection, name);
  return {
    /** For each community with a queue: how many requests wait in it, and how many of them have a current offer. */
    async queues(): Promise<{ communityId: string; waiting: number; offers: number }[]> {
      const rows = await collection("requests")
        .aggregate<{ _id: string; waiting: number; offers: number }>([
          // This condition matches every community. It is needed for the partial index of the queue.
          { $match: { communityId: { $gt: "" }, status: "queued" } },
          {
            $group: {
              _id: "$communityId",
              waiting: { $sum: 1 },
              offers: { $sum: { $cond: [{ $gt: ["$dispatch.offer", null] }, 1, 0] } },
            },
          },
        ])
        .toArray();
      return rows.map(({ _id, waiting, offers }) => ({ communityId: _id, waiting, offers }));
    },
    /** When each job runs next. `running`: a process is running it. */
    async jobs(): Promise<{ name: string; nextRunAt: Date; running: boolean }[]> {
      const found = await collection<StoredLease>("job_leases").find({}).toArray();
      return found.map(({ _id, nextRunAt, holder }) => ({ name: _id, nextRunAt, running: holder !== null }));
    },
  };
}
