import { collectionOf } from "../../../kernel/collection.ts";
import type { Connection } from "mongoose";
import mongoose from "mongoose";
import { durable } from "../../../kernel/aggregate.ts";

/** The last code sent to a phone, as a keyed hash. */
export interface Otp {
  codeHash: string;
  expiresAt: Date;
  /** How many wrong guesses are left. */
  attempts: number;
}

type Stored = Otp & { _id: string };

const schema = new mongoose.Schema(
  { _id: String, codeHash: String, expiresAt: { type: Date, required: true }, attempts: Number },
  { collection: "otps", versionKey: false },
);
schema.index({ expiresAt: 1 });

/** Login codes, one for each phone. A new code replaces the previous one. Phones are keyed hashes. */
export function createOtpRepository(connection: Connection) {
  const model = connection.model("Otp", schema);
  const collection = collectionOf<Stored>(model);
  return {
    async put(phoneHash: string, otp: Otp): Promise<void> {
      await collection.replaceOne({ _id: phoneHash }, otp, { upsert: true, writeConcern: durable });
    },
    /** Uses the code up. Of two simultaneous calls one succeeds. */
    async redeem(phoneHash: string, codeHash: string, now: Date): Promise<boolean> {
      const query = { _id: phoneHash, codeHash, expiresAt: { $gt: now }, attempts: { $gt: 0 } };
      return (await collection.deleteOne(query, { writeConcern: durable })).deletedCount === 1;
    },
    /** Counts a wrong guess and returns how many are left; null when there is no valid code. */
    async miss(phoneHash: string, now: Date): Promise<number | null> {
      const query = { _id: phoneHash, expiresAt: { $gt: now }, attempts: { $gt: 0 } };
      const missed = await collection.findOneAndUpdate(query, { $inc: { attempts: -1 } }, { returnDocument: "after" });
      return missed?.attempts ?? null;
    },
    /** Deletes expired codes. */
    async forget(now: Date): Promise<void> {
      await collection.deleteMany({ expiresAt: { $lt: now } });
    },
  };
}
