import { collectionOf } from "../../../kernel/collection.ts";
import type { Intent } from "../../../kernel/idempotency.ts";
import type { Page } from "../../../kernel/page.ts";
import type { Connection } from "mongoose";
import { type Aggregate, newAggregate, stepUpdate } from "../../../kernel/aggregate.ts";
import type { DomainEvent, EventRecord } from "../../../kernel/event.ts";
import { type Decision, openStatuses } from "../../domain/requests/request-lifecycle.ts";
import type { Request } from "../../domain/requests/request.ts";
import { type RequestFilter, conditions } from "./request-filter.ts";
import { type StoredRequest, requestSchema, toDomain } from "./request-schema.ts";
import { createRequestErasure } from "./request-erasure.ts";
import { createRequestWork } from "./request-work.ts";
import { decodeIdCursor, encodeCursor, newestFirst } from "../../../kernel/cursor.ts";
import { createGroupInserter, createGroupWriter } from "../../../kernel/group-writes.ts";
import { isDuplicateKey, objectId } from "../../../kernel/object-ids.ts";
import { loaderById } from "../../../kernel/loader.ts";

/** A request with what only the write path needs: the intents it remembers and the events not yet in the log. */
export interface LoadedRequest {
  request: Request;
  steps: Aggregate["steps"];
  outbox: readonly EventRecord[];
}

const load = (stored: StoredRequest): LoadedRequest => ({
  request: toDomain(stored),
  steps: stored.steps,
  outbox: stored.outbox,
});

/** Requests: loads, one-write steps, lists. Ids are 24 hex digits. */
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
     * Inserts a new request with its first event. Returns `inserted`; `exists` when the id (an intent's) is taken; `number-taken` when
     * the request number is: draw another.
     */
    async insert({ id, version: _version, ...fields }: Request, event: DomainEvent, intent: Intent | null) {
      try {
        await insert({ _id: objectId(id), ...fields, ...newAggregate(event, intent) });
        return "inserted" as const;
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        return /index: (no_1|.*\bno\b)/.test(error.message) ? ("number-taken" as const) : ("exists" as const);
      }
    },

    /** Saves a decided step. False: the version has moved, nothing was written. */
    async saveStep(
      id: string,
      { set, event, echo }: Pick<Decision, "set" | "event"> & Partial<Decision>,
      intent: Intent | null,
    ): Promise<boolean> {
      const update = stepUpdate(set, event, intent, echo ?? null);
      return write({ id: objectId(id), version: event.version - 1, update });
    },

    /** Newest first. */
    async list(filter: RequestFilter, limit: number, cursor?: string): Promise<Page<Request>> {
      const page = await newestFirst(collection, conditions(filter), "submittedAt", { limit, cursor });
      return { ...page, items: page.items.map(toDomain) };
    },

    /** What waits to be claimed in those communities, in queue order. */
    async queue(communityIds: readonly string[], limit: number, cursor?: string): Promise<Page<Request>> {
      const after = cursor ? decodeIdCursor(cursor) : null;
      const query: Record<string, unknown> = { ...conditions({ communityIds }), status: "queued" };
      if (after) {
        query["$or"] = [{ queueKey: { $gt: after.value } }, { queueKey: after.value, _id: { $gt: after.id } }];
      }
      const found = await collection
        .find(query)
        .sort({ queueKey: 1, _id: 1 })
        .limit(limit + 1)
        .toArray();
      const items = found.slice(0, limit).map(toDomain);
      const last = items.at(-1);
      return { items, nextCursor: found.length > limit && last ? encodeCursor([last.queueKey, last.id]) : null };
    },

    /** Ids at the head of a community's queue, in order. */
    async queueHead(communityId: string, limit: number): Promise<string[]> {
      const found = await collection
        .find({ communityId, status: "queued" }, { projection: { _id: 1 } })
        .sort({ queueKey: 1, _id: 1 })
        .limit(limit)
        .toArray();
      return found.map(({ _id }) => _id.toHexString());
    },

    /** Which of these requests the communities have now. */
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

    /** How many requests each cadre of the community holds that are not yet resolved. */
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

    /** Whether the request exists and shows the picture, as the resident's or in its result. */
    async shows(id: string, fileId: string): Promise<boolean> {
      const query = { _id: objectId(id), $or: [{ fileIds: fileId }, { "result.fileIds": fileId }] };
      return (await collection.findOne(query, { projection: { _id: 1 } })) !== null;
    },
  };
}
