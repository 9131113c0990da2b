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

/** A repeated call is expected within this time, in ms. */
const TTL_MS = 24 * 3_600_000;

const schema = new mongoose.Schema(
  { _id: String, requestId: { type: String, required: true }, forgetAt: { type: Date, required: true } },
  { collection: "claim_reservations", versionKey: false },
);
schema.index({ forgetAt: 1 });

/**
 * The request that a call for the next of the queue is to claim, by idempotency key. It is stored before the claim, so
 * that a repeated call claims the same request. It has its own collection: a search through all requests of a cadre
 * would grow with the years of service.
 */
export function createClaimReservationRepository(connection: Connection) {
  const model = connection.model("ClaimReservation", schema);
  const collection = collectionOf<Stored>(model);
  const insert = createGroupInserter(model.collection);

  const find = async (key: string): Promise<string | null> =>
    (await collection.findOne({ _id: key }))?.requestId ?? null;

  return {
    /** The request that is reserved for the idempotency key, or null. */
    find,
    /**
     * Reserves a request for the idempotency key. Returns the reserved request, which is an earlier one if there was a
     * reservation.
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
    /**
     * Moves the reservation from one request to another, unless it has changed meanwhile. Returns the reserved request.
     */
    async move(key: string, from: string, to: string): Promise<string> {
      const query = { _id: key, requestId: from };
      const { matchedCount } = await collection.updateOne(
        query,
        { $set: { requestId: to } },
        { writeConcern: durable },
      );
      return matchedCount === 1 ? to : ((await find(key)) ?? to);
    },
    /** Deletes expired reservations. */
    async forget(now: Date): Promise<void> {
      await collection.deleteMany({ forgetAt: { $lt: now } });
    },
  };
}
