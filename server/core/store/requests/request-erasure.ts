import type mongoose from "mongoose";
import type { Sealed } from "../../domain/requests/request-content.ts";
import { collectionOf } from "../../../kernel/collection.ts";
import { type Emptied, type Erasure, eraseAggregates } from "../../../kernel/erase-aggregates.ts";
import { objectId } from "../../../kernel/object-ids.ts";
import type { StoredRequest } from "./request-schema.ts";

/** An empty phone, unit and room, sealed, which replace erased ones. */
export interface BlankContact {
  phone: Sealed;
  unit: Sealed;
  room: Sealed;
}

/** The text and the names in a request, with their empty values. */
const wordsOf = ({ outcome, transfer }: StoredRequest, { phone, unit, room }: BlankContact) => ({
  set: {
    ...{ "content.title": "", "content.description": "", "content.answers": {}, "content.timeWindow": null },
    ...{ "content.fileIds": [], "content.contact.name": "", "party.residentName": "", "clocks.timeRequest": null },
    ...{ "handling.question": null, "handling.handover": null, "outcome.closingReason": null },
    ...(outcome.rating ? { "outcome.rating.comment": "", "outcome.rating.tags": [] } : {}),
    ...(outcome.result ? { "outcome.result": { text: "", fileIds: [] } } : {}),
    ...(outcome.callback?.made ? { "outcome.callback.made.text": "" } : {}),
    ...(transfer.pending ? { "transfer.pending.reason": "" } : {}),
  },
  sealed: { "content.contact.phone": phone, "content.place.unit": unit, "content.place.room": room },
});

/**
 * Erases personal data from requests, when an account is closed or the retention period ends. Service, building, times,
 * states and scores stay.
 */
export function createRequestErasure(collection: mongoose.mongo.Collection<StoredRequest>) {
  /** Erases from the requests of a query what `fieldsOf` names. Returns their ids. */
  const erase = (
    query: Record<string, unknown>,
    erasure: Erasure,
    fieldsOf: (request: StoredRequest) => Pick<Emptied, "set" | "sealed">,
  ): Promise<string[]> =>
    eraseAggregates(collectionOf({ collection }), query, "data.erased", erasure, (document) => {
      const request = document as StoredRequest;
      const { communityId, no } = request;
      return { ...fieldsOf(request), communityId, about: { kind: "request", id: request._id.toHexString(), no } };
    });

  return {
    /** Erases these residents' text and names and removes them as followers. Returns the ids of their requests. */
    async erase(residentIds: readonly string[], blank: BlankContact, erasure: Erasure): Promise<string[]> {
      const gone = { $in: [...residentIds] };
      const ids = await erase({ residentId: gone }, erasure, (request) => wordsOf(request, blank));
      await erase({ "party.followers.id": gone }, erasure, ({ party }) => ({
        set: { "party.followers": party.followers.filter(({ id }) => !residentIds.includes(id)) },
      }));
      const filed = { "party.filedBy.id": gone, "party.filedBy.as": "family" };
      await erase(filed, erasure, () => ({ set: { "party.filedBy.name": "" } }));
      return ids;
    },

    /** Ids of requests that ended before `before` and are not erased yet, in order of their end. */
    async outlived(before: Date, limit: number): Promise<string[]> {
      const found = await collection
        .find(
          { "clocks.closedAt": { $gt: new Date(0), $lt: before }, erasedAt: { $exists: false } },
          { projection: { _id: 1 } },
        )
        .sort({ "clocks.closedAt": 1 })
        .limit(limit)
        .toArray();
      return found.map(({ _id }) => _id.toHexString());
    },

    /** Erases the text and the names of people in these requests. */
    async eraseCases(ids: readonly string[], blank: BlankContact, erasure: Erasure): Promise<void> {
      await erase({ _id: { $in: ids.map(objectId) } }, erasure, (request) => {
        const { set, sealed } = wordsOf(request, blank);
        const family = request.party.filedBy?.as === "family" ? { "party.filedBy.name": "" } : {};
        return { set: { ...set, ...family, "party.followers": [] }, sealed };
      });
    },

    /** The communities of these requests, by request id. */
    async communitiesOf(ids: readonly string[]): Promise<Map<string, string>> {
      const query = { _id: { $in: ids.map(objectId) } };
      const found = await collection.find(query, { projection: { communityId: 1 } }).toArray();
      return new Map(found.map(({ _id, communityId }) => [_id.toHexString(), communityId]));
    },

    /** Marks these requests as erased. */
    async setErased(ids: readonly string[], at: Date): Promise<void> {
      await collection.updateMany({ _id: { $in: ids.map(objectId) } }, { $set: { erasedAt: at } as object });
    },

    /** Removes the marks that were set after `since`, so that those requests are erased again. */
    async doubtErased(since: Date): Promise<void> {
      await collection.updateMany({ erasedAt: { $gt: since } }, { $unset: { erasedAt: true } });
    },
  };
}
