import { collectionOf } from "../../../kernel/collection.ts";
import type { Connection } from "mongoose";
import mongoose from "mongoose";

interface Stored {
  _id: string;
  generation: number;
  on: boolean;
  /** The key that its address was made with; absent in older ones. */
  keyId?: string;
}

const schema = new mongoose.Schema(
  { _id: String, generation: Number, on: Boolean, keyId: String },
  { collection: "calendar_feeds", versionKey: false },
);

/** Which generation of a user's calendar feed is good; the secret itself is stored nowhere. */
export function createCalendarFeedRepository(connection: Connection) {
  const model = connection.model("CalendarFeed", schema);
  const collection = collectionOf<Stored>(model);

  return {
    /** Starts the next generation; the one before is no longer good. */
    async renew(userId: string, keyId: string): Promise<number> {
      const feed = await collection.findOneAndUpdate(
        { _id: userId },
        { $inc: { generation: 1 }, $set: { on: true, keyId } },
        { upsert: true, returnDocument: "after" },
      );
      return feed?.generation ?? 0;
    },
    async revoke(userId: string): Promise<void> {
      await collection.updateOne({ _id: userId }, { $set: { on: false } });
    },
    /** How many addresses are good that were made with another key than these. */
    async madeWithout(keyIds: readonly string[]): Promise<number> {
      return collection.countDocuments({ on: true, keyId: { $nin: [...keyIds] } });
    },
    async isGood(userId: string, generation: number): Promise<boolean> {
      return (await collection.findOne({ _id: userId, generation, on: true })) !== null;
    },
  };
}
