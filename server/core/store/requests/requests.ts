import { collectionOf } from "../../../kernel/collection.ts";
import type { IdempotencyRecord } from "../../../kernel/idempotency.ts";
import type { Page } from "../../../kernel/page.ts";
import type { Connection } from "mongoose";
import { type Aggregate, newAggregate, stepUpdate } from "../../../kernel/aggregate.ts";
import type { DomainEvent, EventRecord } from "../../../kernel/event.ts";
import { type Decision, openStatuses } from "../../domain/requests/request-lifecycle.ts";
import type { Request } from "../../domain/requests/request.ts";
import { type RequestFilter, conditions } from "./request-filter.ts";
import { type StoredRequest, fieldsToSet, requestSchema, toDomain } from "./request-schema.ts";
import { createRequestErasure } from "./request-erasure.ts";
import { createRequestWork } from "./request-work.ts";
import { decodeIdCursor, encodeCursor, newestFirst } from "../../../kernel/cursor.ts";
import { createGroupInserter, createGroupWriter } from "../../../kernel/group-writes.ts";
import { isDuplicateKey, objectId } from "../../../kernel/object-ids.ts";
import { loaderById } from "../../../kernel/loader.ts";

/**
 * A request with the fields that only the write path needs: idempotency records, and events that are not in the log
 * yet.
 */
export interface LoadedRequest {
  request: Request;
  steps: Aggregate["idempotency"];
  outbox: readonly EventRecord[];
}

const load = (stored: StoredRequest): LoadedRequest => ({
  request: toDomain(stored),
  steps: stored.idempotency,
  outbox: stored.outbox,
});

/** Requests: loads, steps in one write, and lists. Ids are 24 hex digits. */
export function createRequestRepository(connection: Connection) {
  const model = connection.model("Request", requestSchema);
  const collection = collectionOf<StoredRequest>(model);
  const steps = collectionOf(model);

  const find = loaderById(collection);
  const write = createGroupWriter(steps);
  const insert = createGroupInserter(steps);

  return {
    ...createRequestWork(collection),
    ...createRequestErasure(collection),

    async load(id: string): Promise<LoadedRequest | null> {
      const found = await find(id);
      return found && load(found);
    },

    async findMany(ids: readonly string[]): Promise<Request[]> {
      const found = await Promise.all(ids.map(find));
      return found.filter((request) => request !== null).map(toDomain);
    },

    /**
     * Inserts a new request with its first event. Returns `inserted`; `exists` when the id, which is derived from an
     * idempotency key, is taken; `number-taken` when the request number is taken, and the caller draws another.
     */
    async insert(
      { id, version: _version, ...fields }: Request,
      event: DomainEvent,
      idempotency: IdempotencyRecord | null,
    ) {
      try {
        await insert({ _id: objectId(id), ...fields, ...newAggregate(event, idempotency) });
        return "inserted" as const;
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        return /index: (no_1|.*\bno\b)/.test(error.message) ? ("number-taken" as const) : ("exists" as const);
      }
    },

    /** Saves a decided step. False when the version has moved; nothing is written then. */
    async saveStep(
      id: string,
      { set, event, mirror }: Pick<Decision, "set" | "event"> & Partial<Decision>,
      idempotency: IdempotencyRecord | null,
    ): Promise<boolean> {
      const update = stepUpdate(fieldsToSet(set), event, idempotency, mirror ?? null);
      return write({ id: objectId(id), version: event.version - 1, update });
    },

    /** The requests that match the filter, newest first. */
    async list(filter: RequestFilter, limit: number, cursor?: string): Promise<Page<Request>> {
      const page = await newestFirst(collection, conditions(filter), "submittedAt", { limit, cursor });
      return { ...page, items: page.items.map(toDomain) };
    },

    /** The requests in the queues of these communities, in queue order. */
    async queue(communityIds: readonly string[], limit: number, cursor?: string): Promise<Page<Request>> {
      const after = cursor ? decodeIdCursor(cursor) : null;
      const query: Record<string, unknown> = { ...conditions({ communityIds }), status: "queued" };
      if (after) {
        query["$or"] = [
          { "dispatch.queueKey": { $gt: after.value } },
          { "dispatch.queueKey": after.value, _id: { $gt: after.id } },
        ];
      }
      const found = await collection
        .find(query)
        .sort({ "dispatch.queueKey": 1, _id: 1 })
        .limit(limit + 1)
        .toArray();
      const items = found.slice(0, limit).map(toDomain);
      const last = items.at(-1);
      return {
        items,
        nextCursor: found.length > limit && last ? encodeCursor([last.dispatch.queueKey, last.id]) : null,
      };
    },

    /** Ids of the first requests in a community's queue, in order. */
    async queueHead(communityId: string, limit: number): Promise<string[]> {
      const found = await collection
        .find({ communityId, status: "queued" }, { projection: { _id: 1 } })
        .sort({ "dispatch.queueKey": 1, _id: 1 })
        .limit(limit)
        .toArray();
      return found.map(({ _id }) => _id.toHexString());
    },

    /** Ids of those of these requests for which the communities are responsible now. */
    async idsIn(communityIds: readonly string[], ids: readonly string[]): Promise<string[]> {
      const query = { _id: { $in: ids.map(objectId) }, communityId: { $in: [...communityIds] } };
      const found = await collection.find(query, { projection: { _id: 1 } }).toArray();
      return found.map(({ _id }) => _id.toHexString());
    },

    /** Whether the cadre handles, or was the last to handle, a request of one of these residents. */
    async hasServed(handlerId: string, residentIds: readonly string[]): Promise<boolean> {
      const found = await collection.findOne(
        { residentId: { $in: [...residentIds] }, handlerId },
        { projection: { _id: 1 } },
      );
      return found !== null;
    },

    /** How many unresolved requests each cadre of the community holds. */
    async openCounts(communityId: string): Promise<Map<string, number>> {
      const held = openStatuses.filter((status) => status !== "queued");
      const rows = await collection
        .aggregate<{ _id: string; n: number }>([
          { $match: { communityId, status: { $in: held } } },
          { $group: { _id: "$handlerId", n: { $sum: 1 } } },
        ])
        .toArray();
      return new Map(rows.map(({ _id, n }) => [_id, n]));
    },

    /** Whether the request exists and shows the picture, in its content or its result. */
    async shows(id: string, fileId: string): Promise<boolean> {
      const query = { _id: objectId(id), $or: [{ "content.fileIds": fileId }, { "outcome.result.fileIds": fileId }] };
      return (await collection.findOne(query, { projection: { _id: 1 } })) !== null;
    },
  };
}
