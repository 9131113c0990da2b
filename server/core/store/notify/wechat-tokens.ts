import { collectionOf } from "../../../kernel/collection.ts";
import type { Connection } from "mongoose";
import mongoose from "mongoose";
import type { Sealed } from "../../domain/requests/request-content.ts";
import { isDuplicateKey } from "../../../kernel/object-ids.ts";

/** The access token of a mini-program. `generation` increases by one with every token. */
export interface SharedToken {
  sealed: Sealed;
  generation: number;
  expiresAt: Date;
}

interface Stored {
  _id: string;
  sealed: Sealed | null;
  generation: number;
  expiresAt: Date;
  /** Until this time one process fetches the next token, and the others wait. */
  leasedUntil: Date;
}

const schema = new mongoose.Schema(
  { _id: String, sealed: String, generation: Number, expiresAt: Date, leasedUntil: Date },
  { collection: "wechat_tokens", versionKey: false },
);
const never = new Date(0);

/** The shared access token of each app, and the lease for fetching the next one. */
export function createWeChatTokenRepository(connection: Connection) {
  const model = connection.model("WeChatToken", schema);
  const collection = collectionOf<Stored>(model);
  return {
    async find(appId: string): Promise<SharedToken | null> {
      const found = await collection.findOne({ _id: appId });
      return found?.sealed ? { sealed: found.sealed, generation: found.generation, expiresAt: found.expiresAt } : null;
    },
    /**
     * Takes the lease to replace this generation (0: there is no token yet). False when it was replaced or another
     * process has the lease.
     */
    async lease(appId: string, generation: number, now: Date, until: Date): Promise<boolean> {
      const query = { _id: appId, generation, leasedUntil: { $lte: now } };
      const taken = await collection.updateOne(query, { $set: { leasedUntil: until } });
      if (taken.modifiedCount === 1) return true;
      if (generation !== 0) return false;
      try {
        await collection.insertOne({ _id: appId, sealed: null, generation: 0, expiresAt: never, leasedUntil: until });
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
    /** Replaces this generation and ends the lease. It has no effect for a holder that was paused past its lease. */
    async replace(appId: string, generation: number, sealed: Sealed, expiresAt: Date): Promise<void> {
      const next = { sealed, generation: generation + 1, expiresAt, leasedUntil: never };
      await collection.updateOne({ _id: appId, generation }, { $set: next });
    },
    /** Ends the lease without a new token, after a failed fetch. */
    async release(appId: string, generation: number): Promise<void> {
      await collection.updateOne({ _id: appId, generation }, { $set: { leasedUntil: never } });
    },
  };
}
export type WeChatTokenRepository = ReturnType<typeof createWeChatTokenRepository>;
