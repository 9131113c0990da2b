import { collectionOf } from "../../../kernel/collection.ts";
import type { Connection } from "mongoose";
import mongoose from "mongoose";
import { durable } from "../../../kernel/aggregate.ts";
import { isDuplicateKey } from "../../../kernel/object-ids.ts";

/** Guesses in a row at one secret. */
export interface LoginThrottle {
  tries: number;
  /** Nobody may guess before. */
  lockedUntil: Date;
  forgetAt: Date;
}

type Stored = LoginThrottle & { _id: string };

const schema = new mongoose.Schema(
  { _id: String, tries: Number, lockedUntil: Date, forgetAt: { type: Date, required: true } },
  { collection: "guesses", versionKey: false },
);
schema.index({ forgetAt: 1 });

/** Guesses at passwords and codes, by keyed hashes of what is guessed at. */
export function createLoginThrottleRepository(connection: Connection) {
  const model = connection.model("Guess", schema);
  const collection = collectionOf<Stored>(model);
  return {
    async load(name: string, now: Date): Promise<LoginThrottle | null> {
      return collection.findOne({ _id: name, forgetAt: { $gt: now } });
    },
    /** Puts `next` in place of what was loaded. False: another guess came between. */
    async replace(name: string, before: LoginThrottle | null, next: LoginThrottle): Promise<boolean> {
      // Without a count there is none, or one that is to be forgotten.
      const query = before ? { _id: name, tries: before.tries } : { _id: name, forgetAt: { $lte: next.lockedUntil } };
      try {
        const { tries, lockedUntil, forgetAt } = next;
        const written = await collection.updateOne(
          query,
          { $set: { tries, lockedUntil, forgetAt } },
          { upsert: before === null, writeConcern: durable },
        );
        return written.matchedCount + written.upsertedCount === 1;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
    /** One of the counted attempts was not an attempt; it must not lock the account. */
    async takeBack(name: string, now: Date): Promise<void> {
      const query = { _id: name, tries: { $gt: 0 } };
      await collection.updateOne(query, { $inc: { tries: -1 }, $set: { lockedUntil: now } });
    },
    async clear(name: string): Promise<void> {
      await collection.deleteOne({ _id: name });
    },
    /** Deletes what is past its time. */
    async forget(now: Date): Promise<void> {
      await collection.deleteMany({ forgetAt: { $lt: now } });
    },
  };
}
