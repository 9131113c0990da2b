import { collectionOf } from "../../../kernel/collection.ts";
import type { Connection } from "mongoose";
import mongoose from "mongoose";

interface Stored {
  _id: string;
  generation: number;
  on: boolean;
  /** The id of the key with which the address was made; absent in older documents. */
  keyId?: string;
}

const schema = new mongoose.Schema(
  { _id: String, generation: Number, on: Boolean, keyId: String },
  { collection: "calendar_feeds", versionKey: false },
);

/** The valid generation of each user's calendar feed. The secret in the address is not stored. */
export function createCalendarFeedRepository(connection: Connection) {
  const model = connection.model("CalendarFeed", schema);
  const collection = collectionOf<Stored>(model);

  return {
    /** Starts the next generation; earlier addresses become invalid. */
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
    /** How many valid addresses were made with a key other than these. */
    async madeWithout(keyIds: readonly string[]): Promise<number> {
      return collection.countDocuments({ on: true, keyId: { $nin: [...keyIds] } });
    },
    async isGood(userId: string, generation: number): Promise<boolean> {
      return (await collection.findOne({ _id: userId, generation, on: true })) !== null;
    },
  };
}
