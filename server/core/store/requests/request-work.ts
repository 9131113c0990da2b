import type mongoose from "mongoose";
import type { Request } from "../../domain/requests/request.ts";
import { openStatuses } from "../../domain/requests/request-lifecycle.ts";
import { objectId } from "../../../kernel/object-ids.ts";
import { type StoredRequest, toDomain } from "./request-schema.ts";

/** Requests as the escalations and the dispatcher look for them: what is due, and who has how much in hand. */
export function createRequestWork(collection: mongoose.mongo.Collection<StoredRequest>) {
  return {
    /** Open requests for one service in one building, filed since then, newest first. */
    async openNear(
      where: { communityId: string; serviceCode: string; building: string },
      since: Date,
      limit: number,
    ): Promise<Request[]> {
      const { building, ...rest } = where;
      const found = await collection
        .find({
          ...rest,
          status: { $in: [...openStatuses] },
          submittedAt: { $gte: since },
          "place.building": building,
        })
        .sort({ submittedAt: -1 })
        .limit(limit)
        .toArray();
      return found.map(toDomain);
    },

    /** Ids of requests for which an escalation is due at `now`, the longest due first. */
    async due(now: Date, limit: number): Promise<string[]> {
      const found = await collection
        .find({ dueAt: { $gt: new Date(0), $lte: now } }, { projection: { _id: 1 } })
        .sort({ dueAt: 1 })
        .limit(limit)
        .toArray();
      return found.map(({ _id }) => _id.toHexString());
    },

    /**
     * What waits for the dispatcher in a community at `now`, in the order of its queue: nothing newer is offered
     * before it.
     */
    async toDispatch(communityId: string, now: Date, limit: number): Promise<Request[]> {
      const found = await collection
        .find({ communityId, status: "queued", dispatchAt: { $lte: now } })
        .sort({ queueKey: 1, _id: 1 })
        .limit(limit)
        .toArray();
      return found.map(toDomain);
    },

    /** Lets the dispatcher look again at what nobody took: somebody has come on duty. */
    async dispatchAgain(communityId: string, now: Date): Promise<void> {
      await collection.updateMany(
        { communityId, status: "queued", offer: null, dispatchAt: { $not: { $lte: now } } },
        { $set: { dispatchAt: now } },
      );
    },

    /** Leaves it alone for a while, unless somebody has taken a step meanwhile. */
    async rest({ id, version }: Pick<Request, "id" | "version">, until: Pick<Request, "dispatchAt" | "restsUntil">) {
      await collection.updateOne({ _id: objectId(id), version, status: "queued", offer: null }, { $set: until });
    },

    /** Of each cadre of the community: how many requests are held or offered, and when the last was taken. */
    async loads(communityId: string): Promise<Map<string, { open: number; last: Date }>> {
      const rows = await collection
        .aggregate<{ _id: string | null; open: number; last: Date | null }>([
          { $match: { communityId, status: { $in: [...openStatuses] } } },
          {
            $group: {
              _id: { $ifNull: ["$handlerId", "$offer.cadreId"] },
              open: { $sum: 1 },
              last: { $max: { $ifNull: ["$claimedAt", "$offer.at"] } },
            },
          },
        ])
        .toArray();
      return new Map(rows.flatMap(({ _id, open, last }) => (_id ? [[_id, { open, last: last ?? new Date(0) }]] : [])));
    },
  };
}
