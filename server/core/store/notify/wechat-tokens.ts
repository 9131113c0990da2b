import { collectionOf } from "../../../kernel/collection.ts";
import type { Connection } from "mongoose";
import mongoose from "mongoose";
import type { Sealed } from "../../domain/requests/request.ts";
import { isDuplicateKey } from "../../../kernel/object-ids.ts";

/** The access token of a mini-program. `generation` grows by one with every token. */
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
  /** Until then one process fetches the next token; the others wait. */
  leasedUntil: Date;
}

const schema = new mongoose.Schema(
  { _id: String, sealed: String, generation: Number, expiresAt: Date, leasedUntil: Date },
  { collection: "wechat_tokens", versionKey: false },
);
const never = new Date(0);

/** One token for all processes, and the right to fetch the next. */
export function createWeChatTokenRepository(connection: Connection) {
  const model = connection.model("WeChatToken", schema);
  const collection = collectionOf<Stored>(model);
  return {
    async find(appId: string): Promise<SharedToken | null> {
      const found = await collection.findOne({ _id: appId });
      return found?.sealed ? { sealed: found.sealed, generation: found.generation, expiresAt: found.expiresAt } : null;
    },
    /**
     * Takes the right to replace that generation (0: there is none yet). False: it was replaced, or another is at it.
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
    /** Replaces that generation and ends the lease. A holder that was paused past its lease changes nothing. */
    async replace(appId: string, generation: number, sealed: Sealed, expiresAt: Date): Promise<void> {
      const next = { sealed, generation: generation + 1, expiresAt, leasedUntil: never };
      await collection.updateOne({ _id: appId, generation }, { $set: next });
    },
    /** Ends the lease without a new token: fetching it failed. */
    async release(appId: string, generation: number): Promise<void> {
      await collection.updateOne({ _id: appId, generation }, { $set: { leasedUntil: never } });
    },
  };
}
export type WeChatTokenRepository = ReturnType<typeof createWeChatTokenRepository>;
