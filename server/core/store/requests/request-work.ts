import type mongoose from "mongoose";
import type { Request } from "../../domain/requests/request.ts";
import type { RequestDispatch } from "../../domain/requests/request-dispatch.ts";
import { openStatuses } from "../../domain/requests/request-lifecycle.ts";
import { objectId } from "../../../kernel/object-ids.ts";
import { type StoredRequest, fieldsToSet, toDomain } from "./request-schema.ts";

/** The queries of escalations, dispatch and the search for near requests. */
export function createRequestWork(collection: mongoose.mongo.Collection<StoredRequest>) {
  return {
    /** Open requests for one service in one building, filed after `since`, newest first. */
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
          "content.place.building": building,
        })
        .sort({ submittedAt: -1 })
        .limit(limit)
        .toArray();
      return found.map(toDomain);
    },

    /** Ids of requests with a step of the system due at `now`, in order of due time. */
    async due(now: Date, limit: number): Promise<string[]> {
      const found = await collection
        .find({ "clocks.dueAt": { $gt: new Date(0), $lte: now } }, { projection: { _id: 1 } })
        .sort({ "clocks.dueAt": 1 })
        .limit(limit)
        .toArray();
      return found.map(({ _id }) => _id.toHexString());
    },

    /**
     * The requests that the dispatcher has to look at in a community at `now`, in queue order, so that no newer one is
     * offered first.
     */
    async toDispatch(communityId: string, now: Date, limit: number): Promise<Request[]> {
      const found = await collection
        .find({ communityId, status: "queued", "dispatch.dueAt": { $lte: now } })
        .sort({ "dispatch.queueKey": 1, _id: 1 })
        .limit(limit)
        .toArray();
      return found.map(toDomain);
    },

    /** Makes the dispatcher look again at requests without an offer, since somebody has come on duty. */
    async dispatchAgain(communityId: string, now: Date): Promise<void> {
      await collection.updateMany(
        { communityId, status: "queued", "dispatch.offer": null, "dispatch.dueAt": { $not: { $lte: now } } },
        { $set: { "dispatch.dueAt": now } },
      );
    },

    /** Postpones the next look of the dispatcher, unless the request has changed meanwhile. */
    async rest(
      { id, version }: Pick<Request, "id" | "version">,
      until: Pick<RequestDispatch, "dueAt" | "nextOfferRoundAt">,
    ) {
      await collection.updateOne(
        { _id: objectId(id), version, status: "queued", "dispatch.offer": null },
        { $set: fieldsToSet({ dispatch: until }) },
      );
    },

    /**
     * For each cadre of the community: how many requests the cadre holds or is offered, and when the last was claimed
     * or offered.
     */
    async loads(communityId: string): Promise<Map<string, { open: number; last: Date }>> {
      const rows = await collection
        .aggregate<{ _id: string | null; open: number; last: Date | null }>([
          { $match: { communityId, status: { $in: [...openStatuses] } } },
          {
            $group: {
              _id: { $ifNull: ["$handlerId", "$dispatch.offer.cadreId"] },
              open: { $sum: 1 },
              last: { $max: { $ifNull: ["$clocks.claimedAt", "$dispatch.offer.at"] } },
            },
          },
        ])
        .toArray();
      return new Map(rows.flatMap(({ _id, open, last }) => (_id ? [[_id, { open, last: last ?? new Date(0) }]] : [])));
    },
  };
}
