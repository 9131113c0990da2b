import { collectionOf } from "../../../kernel/collection.ts";
import type { Connection } from "mongoose";
import mongoose from "mongoose";
import { durable } from "../../../kernel/aggregate.ts";
import { isDuplicateKey } from "../../../kernel/object-ids.ts";

/** The wrong guesses in a row at one secret. */
export interface LoginThrottle {
  tries: number;
  /** No guess is accepted before this time. */
  lockedUntil: Date;
  forgetAt: Date;
}

type Stored = LoginThrottle & { _id: string };

const schema = new mongoose.Schema(
  { _id: String, tries: Number, lockedUntil: Date, forgetAt: { type: Date, required: true } },
  { collection: "login_throttles", versionKey: false },
);
schema.index({ forgetAt: 1 });

/** Counts of guesses at passwords and codes. The names are keyed hashes of the account, phone or address. */
export function createLoginThrottleRepository(connection: Connection) {
  const model = connection.model("LoginThrottle", schema);
  const collection = collectionOf<Stored>(model);
  return {
    async load(name: string, now: Date): Promise<LoginThrottle | null> {
      return collection.findOne({ _id: name, forgetAt: { $gt: now } });
    },
    /**
     * Adds one guess to the count while fewer than `most` are counted, in one atomic update. False when no count is
     * stored yet, or when `most` is reached.
     */
    async countFree(name: string, most: number, forgetAt: Date, now: Date): Promise<boolean> {
      const query = { _id: name, forgetAt: { $gt: now }, tries: { $lt: most } };
      const counted = await collection.updateOne(
        query,
        { $inc: { tries: 1 }, $set: { forgetAt } },
        { writeConcern: durable },
      );
      return counted.matchedCount === 1;
    },
    /** Replaces what was loaded by `next`. False when another guess was stored in between. */
    async replace(name: string, before: LoginThrottle | null, next: LoginThrottle): Promise<boolean> {
      // Without a loaded count there is no document, or an expired one.
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
    /** Takes back an attempt that should not count, so that it cannot lock the account. */
    async takeBack(name: string, now: Date): Promise<void> {
      const query = { _id: name, tries: { $gt: 0 } };
      await collection.updateOne(query, { $inc: { tries: -1 }, $set: { lockedUntil: now } });
    },
    async clear(name: string): Promise<void> {
      await collection.deleteOne({ _id: name });
    },
    /** Deletes expired counts. */
    async forget(now: Date): Promise<void> {
      await collection.deleteMany({ forgetAt: { $lt: now } });
    },
  };
}
