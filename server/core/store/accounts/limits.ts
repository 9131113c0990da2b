import { collectionOf } from "../../../kernel/collection.ts";
import type { Connection } from "mongoose";
import mongoose from "mongoose";
import { isDuplicateKey } from "../../../kernel/object-ids.ts";

interface Stored {
  _id: string;
  count: number;
  resetsAt: Date;
}

/** The count of a window, and when the window ends. */
interface Window {
  count: number;
  resetsAt: Date;
}

const schema = new mongoose.Schema(
  { _id: String, count: Number, resetsAt: { type: Date, required: true } },
  { collection: "limits", versionKey: false },
);
schema.index({ resetsAt: 1 });

/** How often an insert is retried. Simultaneous calls for one window collide only a few times; more is a fault. */
const TRIES = 20;

/** Counters of calls, shared by all processes. */
export function createLimitRepository(connection: Connection) {
  const model = connection.model("Limit", schema);
  const collection = collectionOf<Stored>(model);
  return {
    /** Adds `points` to the count of `name`, in its current window or a new one. Simultaneous calls are all counted. */
    async add(name: string, points: number, windowMs: number, now: Date): Promise<Window> {
      const fresh = { count: points, resetsAt: new Date(now.getTime() + windowMs) };
      for (let left = TRIES; ; left--) {
        try {
          const counted = await collection.findOneAndUpdate(
            { _id: name, resetsAt: { $gt: now } },
            { $inc: { count: points } },
            { returnDocument: "after" },
          );
          if (counted) return counted;
          const query = { _id: name, resetsAt: { $lte: now } };
          const opened = await collection.findOneAndUpdate(
            query,
            { $set: fresh },
            { upsert: true, returnDocument: "after" },
          );
          return opened ?? fresh;
        } catch (error) {
          if (!isDuplicateKey(error) || left === 0) throw error;
        }
      }
    },
    /** Resets the count. */
    async clear(name: string): Promise<void> {
      await collection.deleteOne({ _id: name });
    },
    /** Deletes windows that have ended. */
    async forget(now: Date): Promise<void> {
      await collection.deleteMany({ resetsAt: { $lt: now } });
    },
  };
}
