import { collectionNamed } from "../../kernel/collection.ts";
import type { Connection } from "mongoose";
import type mongoose from "mongoose";

/** What of a job's lease is measured. */
interface StoredLease {
  _id: string;
  holder: string | null;
  nextRunAt: Date;
}

/** What is measured of the whole installation; every process reads the same. Numbers and names of communities and jobs only. */
export function createGaugeRepository(connection: Connection) {
  const collection = <T extends mongoose.mongo.Document>(name: string) => collectionNamed<T>(connection, name);
  return {
    /** Of each community that has any: requests that wait in the queue, and offers among them that are running. */
    async queues(): Promise<{ communityId: string; waiting: number; offers: number }[]> {
      const rows = await collection("requests")
        .aggregate<{ _id: string; waiting: number; offers: number }>([
          // Every community: so that the partial index of the queue serves.
          { $match: { communityId: { $gt: "" }, status: "queued" } },
          {
            $group: {
              _id: "$communityId",
              waiting: { $sum: 1 },
              offers: { $sum: { $cond: [{ $gt: ["$offer", null] }, 1, 0] } },
            },
          },
        ])
        .toArray();
      return rows.map(({ _id, waiting, offers }) => ({ communityId: _id, waiting, offers }));
    },
    /** When each job is to run next. `running`: some process has it in hand. */
    async jobs(): Promise<{ name: string; nextRunAt: Date; running: boolean }[]> {
      const found = await collection<StoredLease>("job_leases").find({}).toArray();
      return found.map(({ _id, nextRunAt, holder }) => ({ name: _id, nextRunAt, running: holder !== null }));
    },
  };
}
