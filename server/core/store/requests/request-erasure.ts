import type mongoose from "mongoose";
import type { Sealed } from "../../domain/requests/request.ts";
import { durable } from "../../../kernel/aggregate.ts";
import { objectId } from "../../../kernel/object-ids.ts";
import type { StoredRequest } from "./request-schema.ts";

/** An empty phone, unit and room, sealed: what stands where there was one. */
export interface BlankContact {
  phone: Sealed;
  unit: Sealed;
  room: Sealed;
}

/**
 * What is taken out of requests when a person, or the time, wants it so. Kind, building, times, states and scores
 * stay.
 */
export function createRequestErasure(collection: mongoose.mongo.Collection<StoredRequest>) {
  async function erase(query: Record<string, unknown>, { phone, unit, room }: BlankContact): Promise<void> {
    const empty = {
      ...{ title: "", description: "", answers: {}, residentName: "", timeWindow: null, fileIds: [] },
      ...{ contact: { name: "", phone }, "place.unit": unit, "place.room": room },
      ...{ question: null, closingReason: null, handover: null, plea: null },
    };
    await collection.updateMany(query, { $set: empty as Partial<StoredRequest> }, { writeConcern: durable });
    for (const [has, words] of [
      ["rating", { "rating.comment": "", "rating.tags": [] }],
      ["result", { result: { text: "", fileIds: [] } }],
      ["callback.made", { "callback.made.text": "" }],
      ["transfer", { "transfer.reason": "" }],
    ] as const) {
      await collection.updateMany({ ...query, [has]: { $ne: null } }, { $set: words as Partial<StoredRequest> });
    }
  }

  return {
    /** Erases what these residents wrote, what names them and what they follow. Returns the ids of their requests. */
    async erase(residentIds: readonly string[], nothing: BlankContact): Promise<string[]> {
      const query = { residentId: { $in: [...residentIds] } };
      const found = await collection.find(query, { projection: { _id: 1 } }).toArray();
      await erase(query, nothing);
      const follows = { "followers.id": { $in: [...residentIds] } };
      const left = { $pull: { followers: { id: { $in: [...residentIds] } } } };
      await collection.updateMany(follows, left, { writeConcern: durable });
      const filed = { "filedBy.id": { $in: [...residentIds] }, "filedBy.as": "family" };
      await collection.updateMany(filed, { $set: { "filedBy.name": "" } }, { writeConcern: durable });
      return found.map(({ _id }) => _id.toHexString());
    },

    /** Ids of requests that ended before `before` and still say whose they were, the longest ended first. */
    async outlived(before: Date, limit: number): Promise<string[]> {
      const found = await collection
        .find({ closedAt: { $gt: new Date(0), $lt: before }, erasedAt: { $exists: false } }, { projection: { _id: 1 } })
        .sort({ closedAt: 1 })
        .limit(limit)
        .toArray();
      return found.map(({ _id }) => _id.toHexString());
    },

    /** Erases the words of these requests and whom they name. */
    async eraseCases(ids: readonly string[], nothing: BlankContact): Promise<void> {
      const query = { _id: { $in: ids.map(objectId) } };
      await erase(query, nothing);
      const filed = { ...query, "filedBy.as": "family" };
      await collection.updateMany(filed, { $set: { "filedBy.name": "" } }, { writeConcern: durable });
      await collection.updateMany(query, { $set: { followers: [] } }, { writeConcern: durable });
    },

    /** Notes that nothing is left to erase of these. */
    async setErased(ids: readonly string[], at: Date): Promise<void> {
      await collection.updateMany({ _id: { $in: ids.map(objectId) } }, { $set: { erasedAt: at } as object });
    },

    /** Takes those notes back that were made since: those requests are to be gone through once more. */
    async doubtErased(since: Date): Promise<void> {
      await collection.updateMany({ erasedAt: { $gt: since } }, { $unset: { erasedAt: true } });
    },
  };
}
