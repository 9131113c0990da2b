import { collectionOf } from "../../kernel/collection.ts";
import type { Connection } from "mongoose";
import mongoose from "mongoose";
import { durable } from "../../kernel/aggregate.ts";
import { isDuplicateKey } from "../../kernel/object-ids.ts";

/**
 * The signed end of a community's log on a day. `previous` is the signature of the anchor before it, so that no day can
 * be left out.
 */
export interface DayAnchor {
  communityId: string;
  /** The civil day in Shanghai, `2026-11-24`. */
  day: string;
  pos: number;
  seal: string;
  /** The log key from which the signing key is derived. */
  keyId: string;
  previous: string;
  /** Ed25519, base64url. */
  signature: string;
}

const schema = new mongoose.Schema(
  { _id: String, communityId: { type: String, required: true }, day: { type: String, required: true } },
  { collection: "day_anchors", versionKey: false, strict: false },
);
schema.index({ communityId: 1, day: 1 }, { unique: true });

/** The signed end of each day of each log. Anchors are added and never changed. */
export function createDayAnchorRepository(connection: Connection) {
  const model = connection.model("DayAnchor", schema);
  const collection = collectionOf<DayAnchor & { _id: string }>(model);
  return {
    /** A community's anchors, the oldest first. */
    async of(communityId: string): Promise<DayAnchor[]> {
      return collection
        .find({ communityId }, { projection: { _id: 0 } })
        .sort({ day: 1 })
        .toArray();
    },
    /** The first anchor at or after this position; null: the row is not covered by a signed day yet. */
    async covering(communityId: string, pos: number): Promise<DayAnchor | null> {
      return collection.findOne({ communityId, pos: { $gte: pos } }, { sort: { day: 1 }, projection: { _id: 0 } });
    },
    /** Stores an anchor. False: the day has one already. */
    async add(anchor: DayAnchor): Promise<boolean> {
      try {
        const _id = `${anchor.communityId}:${anchor.day}`;
        await collection.insertOne({ _id, ...anchor }, { writeConcern: durable });
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
  };
}
