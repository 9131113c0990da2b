import { collectionOf } from "../../../kernel/collection.ts";
import type { Connection } from "mongoose";
import mongoose from "mongoose";
import { durable } from "../../../kernel/aggregate.ts";
import { createGroupInserter } from "../../../kernel/group-writes.ts";
import { isDuplicateKey } from "../../../kernel/object-ids.ts";

interface Stored {
  /** The idempotency key. */
  _id: string;
  requestId: string;
  forgetAt: Date;
}

/** A repeated tap comes within a day, ms. */
const TTL_MS = 24 * 3_600_000;

const schema = new mongoose.Schema(
  { _id: String, requestId: { type: String, required: true }, forgetAt: { type: Date, required: true } },
  { collection: "claim_intents", versionKey: false },
);
schema.index({ forgetAt: 1 });

/**
 * Which request somebody who takes the next of a queue goes for, by idempotency key: noted before the claim, so that
 * whoever asks again goes for the same. Found by its key; looking through all that a cadre holds costs more the
 * longer the cadre has served.
 */
export function createClaimIntentRepository(connection: Connection) {
  const model = connection.model("ClaimIntent", schema);
  const collection = collectionOf<Stored>(model);
  const insert = createGroupInserter(model.collection);

  const find = async (key: string): Promise<string | null> =>
    (await collection.findOne({ _id: key }))?.requestId ?? null;

  return {
    /** The request that the idempotency key goes for, or null. */
    find,
    /**
     * Notes what the idempotency key goes for. Returns the request that it goes for then: another one when that was
     * noted before.
     */
    async note(key: string, requestId: string, now: Date): Promise<string> {
      try {
        await insert({ _id: key as never, requestId, forgetAt: new Date(now.getTime() + TTL_MS) });
        return requestId;
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        return (await find(key)) ?? requestId;
      }
    },
    /** Goes for another, unless it does not go for `from` any more. Returns the request that it goes for then. */
    async move(key: string, from: string, to: string): Promise<string> {
      const query = { _id: key, requestId: from };
      const { matchedCount } = await collection.updateOne(
        query,
        { $set: { requestId: to } },
        { writeConcern: durable },
      );
      return matchedCount === 1 ? to : ((await find(key)) ?? to);
    },
    /** Deletes those that are past their time. */
    async forget(now: Date): Promise<void> {
      await collection.deleteMany({ forgetAt: { $lt: now } });
    },
  };
}
