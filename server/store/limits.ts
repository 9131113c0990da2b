import type { Connection } from "mongoose";
import mongoose from "mongoose";
import { isDuplicateKey } from "./ids.ts";

interface Stored {
  _id: string;
  count: number;
  resetsAt: Date;
}

const schema = new mongoose.Schema(
  { _id: String, count: Number, resetsAt: { type: Date, required: true } },
  { collection: "limits", versionKey: false },
);
schema.index({ resetsAt: 1 });

/** How often something may happen, counted for all processes. */
export function createLimitRepository(connection: Connection) {
  const model = connection.model("Limit", schema);
  const collection = model.collection as unknown as mongoose.mongo.Collection<Stored>;
  return {
    /** Counts one more under `name`. Null when it is within `most` per window; else in how many seconds it will be again. */
    async hit(name: string, most: number, windowSeconds: number, now: Date): Promise<number | null> {
      const counted = await collection.findOneAndUpdate(
        { _id: name, resetsAt: { $gt: now } },
        { $inc: { count: 1 } },
        { returnDocument: "after" },
      );
      if (counted) {
        return counted.count <= most ? null : Math.ceil((counted.resetsAt.getTime() - now.getTime()) / 1000);
      }
      try {
        const fresh = { count: 1, resetsAt: new Date(now.getTime() + windowSeconds * 1000) };
        await collection.updateOne({ _id: name, resetsAt: { $lte: now } }, { $set: fresh }, { upsert: true });
      } catch (error) {
        // Another has opened the window at this moment: this one goes uncounted.
        if (!isDuplicateKey(error)) throw error;
      }
      return null;
    },
    /** Starts the count anew. */
    async clear(name: string): Promise<void> {
      await collection.deleteOne({ _id: name });
    },
    /** Deletes windows that are over. */
    async forget(now: Date): Promise<void> {
      await collection.deleteMany({ resetsAt: { $lt: now } });
    },
  };
}
