import mongoose from "mongoose";
import { type RequestChange, isGroup } from "../../domain/requests/request-change.ts";
import { type Request, type RequestGroups, blankGroups } from "../../domain/requests/request.ts";
import { type Aggregate, aggregateFields, outboxIndex } from "../../../kernel/aggregate.ts";

/** A request as stored. `erasedAt`: when its personal data were erased; absent before. */
export type StoredRequest = Aggregate & Omit<Request, "id"> & { erasedAt?: Date };

/**
 * The schema declares the index of every query. The stored fields are those of the domain; each group is an embedded
 * document.
 */
export const requestSchema = new mongoose.Schema(
  { ...aggregateFields, no: String, communityId: String, erasedAt: Date },
  { collection: "requests", versionKey: false, minimize: false, strict: false },
);
const after1970 = { $gt: new Date(0) };
requestSchema.index({ no: 1 }, { unique: true });
requestSchema.index(
  { communityId: 1, "dispatch.queueKey": 1 },
  { partialFilterExpression: { status: "queued" }, name: "queue" },
);
requestSchema.index(
  { communityId: 1, "dispatch.dueAt": 1 },
  { partialFilterExpression: { status: "queued" }, name: "dispatch" },
);
requestSchema.index(
  { "clocks.dueAt": 1 },
  { partialFilterExpression: { "clocks.dueAt": after1970 }, name: "escalations_due" },
);
requestSchema.index({ residentId: 1, submittedAt: -1 });
requestSchema.index(
  { "party.filedBy.id": 1, submittedAt: -1 },
  { partialFilterExpression: { "party.filedBy.as": "family" }, name: "filed_for_family" },
);
requestSchema.index(
  { "party.followers.id": 1, submittedAt: -1 },
  { partialFilterExpression: { "party.followers.id": { $exists: true } }, name: "followed" },
);
requestSchema.index(
  { "transfer.pending.to": 1, submittedAt: -1 },
  { partialFilterExpression: { "transfer.pending.to": { $exists: true } }, name: "incoming" },
);
requestSchema.index({ handlerId: 1, submittedAt: -1 });
requestSchema.index({ communityId: 1, submittedAt: -1 });
requestSchema.index(
  { "clocks.closedAt": 1 },
  { partialFilterExpression: { "clocks.closedAt": after1970 }, name: "retention" },
);
requestSchema.index({ communityId: 1, status: 1, submittedAt: -1 });
requestSchema.index(
  { communityId: 1, "outcome.callback.dueBy": 1 },
  {
    partialFilterExpression: { "outcome.callback.made": null, "outcome.callback.dueBy": after1970 },
    name: "callbacks",
  },
);
requestSchema.index(...outboxIndex);

const groups = Object.keys(blankGroups) as (keyof RequestGroups)[];

/** A stored request without the fields of the store, with the defaults of missing fields. */
export function toDomain(stored: StoredRequest): Request {
  const {
    _id,
    idempotency: _idempotency,
    outbox: _outbox,
    outboxPartitions: _partitions,
    erasedAt: _erased,
    ...rest
  } = stored;
  const filled = groups.map((group) => [group, { ...blankGroups[group], ...rest[group] }]);
  return { id: _id.toHexString(), ...rest, ...(Object.fromEntries(filled) as RequestGroups) };
}

/**
 * The `$set` of a change. Of a group it sets only the changed fields, so that a concurrent write to other fields of the
 * group (an erasure, a check-in that wakes the dispatcher) is kept.
 */
export const fieldsToSet = (change: RequestChange): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(change).flatMap(([name, value]) =>
      isGroup(name)
        ? Object.entries(value as object).map(([field, each]) => [`${name}.${field}`, each as unknown])
        : [[name, value as unknown]],
    ),
  );
