import mongoose from "mongoose";
import type { Request } from "../../domain/requests/request.ts";
import { type Aggregate, aggregateFields, outboxIndex } from "../../../kernel/aggregate.ts";

export type StoredRequest = Aggregate & Omit<Request, "id"> & { erasedAt?: Date };

const { Mixed } = mongoose.Schema.Types;
const required = <T>(type: T) => ({ type, required: true }) as const;

/** How a request is kept, and the index of every query. */
export const requestSchema = new mongoose.Schema(
  {
    ...aggregateFields,
    no: required(String),
    communityId: required(String),
    serviceCode: required(String),
    serviceVersion: Number,
    urgency: required(String),
    status: required(String),
    queueKey: required(Number),
    title: required(String),
    description: required(String),
    answers: Mixed,
    place: { building: String, unit: String, room: String },
    contact: { name: String, phone: String },
    timeWindow: Mixed,
    fileIds: [String],
    residentId: required(String),
    residentName: required(String),
    filedBy: Mixed,
    acceptedIn: String,
    transfer: Mixed,
    askedIds: { type: [String], default: [] },
    formerIds: { type: [String], default: [] },
    followers: { type: [Mixed], default: [] },
    handlerId: String,
    handlerName: String,
    submittedAt: required(Date),
    respondBy: required(Date),
    resolveBy: required(Date),
    claimedAt: Date,
    firstContactAt: Date,
    resolvedAt: Date,
    closedAt: Date,
    rungs: { type: [Mixed], default: [] },
    dueAt: Date,
    escalation: Mixed,
    waitingSince: Date,
    offer: Mixed,
    tried: { type: [String], default: [] },
    dispatchAt: Date,
    restsUntil: Date,
    committeeCalled: Boolean,
    plea: Mixed,
    handover: Mixed,
    suspendedUntil: Date,
    question: Mixed,
    result: Mixed,
    rating: Mixed,
    callback: Mixed,
    closingReason: String,
    reworkCount: required(Number),
    unitHead: String,
    returnCount: { type: Number, default: 0 },
    openTasks: { type: [String], default: [] },
    coHandlers: { type: [String], default: [] },
    erasedAt: Date,
  },
  { collection: "requests", versionKey: false, minimize: false },
);
requestSchema.index({ no: 1 }, { unique: true });
requestSchema.index({ communityId: 1, queueKey: 1 }, { partialFilterExpression: { status: "queued" }, name: "queue" });
requestSchema.index(
  { communityId: 1, dispatchAt: 1 },
  { partialFilterExpression: { status: "queued" }, name: "dispatch" },
);
requestSchema.index({ dueAt: 1 }, { partialFilterExpression: { dueAt: { $gt: new Date(0) } }, name: "ladder" });
requestSchema.index({ residentId: 1, submittedAt: -1 });
requestSchema.index(
  { "filedBy.id": 1, submittedAt: -1 },
  { partialFilterExpression: { "filedBy.as": "family" }, name: "filed_for_family" },
);
requestSchema.index(
  { "followers.id": 1, submittedAt: -1 },
  { partialFilterExpression: { "followers.id": { $exists: true } }, name: "followed" },
);
requestSchema.index(
  { "transfer.to": 1, submittedAt: -1 },
  { partialFilterExpression: { "transfer.to": { $exists: true } }, name: "incoming" },
);
requestSchema.index({ handlerId: 1, submittedAt: -1 });
requestSchema.index({ communityId: 1, submittedAt: -1 });
requestSchema.index(
  { closedAt: 1 },
  { partialFilterExpression: { closedAt: { $gt: new Date(0) } }, name: "retention" },
);
requestSchema.index({ communityId: 1, status: 1, submittedAt: -1 });
requestSchema.index(
  { communityId: 1, "callback.dueBy": 1 },
  { partialFilterExpression: { "callback.made": null, "callback.dueBy": { $gt: new Date(0) } }, name: "callbacks" },
);
requestSchema.index(...outboxIndex);

/** What requests do not say that are older than this. */
export const fieldDefaults = {
  acceptedIn: null,
  transfer: null,
  askedIds: [],
  formerIds: [],
  followers: [],
  rungs: [],
  dueAt: null,
  escalation: null,
  plea: null,
  handover: null,
  suspendedUntil: null,
  offer: null,
  tried: [],
  dispatchAt: null,
  restsUntil: null,
  committeeCalled: false,
  openTasks: [],
  coHandlers: [],
  callback: null,
  unitHead: null,
};

export function toDomain(stored: StoredRequest): Request {
  const { _id, steps: _steps, outbox: _outbox, outboxLanes: _lanes, erasedAt: _erased, ...rest } = stored;
  return { id: _id.toHexString(), ...fieldDefaults, ...rest };
}
