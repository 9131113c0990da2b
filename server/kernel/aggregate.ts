import type { DomainEvent } from "./event.ts";
import mongoose from "mongoose";
import { assertDeclared } from "./declared-event.ts";
import type { EventRecord } from "./event.ts";
import { partitionOf } from "./partition.ts";

type ObjectId = mongoose.mongo.ObjectId;
type Document = mongoose.mongo.Document;
/** A word where the aggregate is named by one, as a community is. */
export type AggregateId = ObjectId | string;

/**
 * One step that was taken: the caller's key and what was asked, so that the same idempotency key is answered, not
 * repeated.
 */
export interface StoredStep {
  key: string;
  bodyHash: string;
  version: number;
}

/** How many steps an aggregate remembers the keys of. */
const REMEMBERED_STEPS = 20;

/** What every document that leaves events has, besides its own fields. */
export interface Aggregate {
  _id: ObjectId;
  version: number;
  steps: StoredStep[];
  outbox: EventRecord[];
  /** Lanes of the events in `outbox`; the relay finds the document by it. Absent when the outbox is empty. */
  outboxLanes?: number[];
}

/**
 * Mongoose definition of {@link Aggregate}, to spread into a schema. Events are checked by the domain that makes
 * them.
 */
export const aggregateFields = {
  version: { type: Number, required: true },
  steps: { type: [mongoose.Schema.Types.Mixed], default: [] },
  outbox: { type: [mongoose.Schema.Types.Mixed], default: [] },
  outboxLanes: { type: [Number], default: undefined },
} as const;

/** The relay's way to documents with something in their outbox; empty ones cost it nothing. */
export const outboxIndex = [
  { outboxLanes: 1 },
  { name: "outbox_by_lane", partialFilterExpression: { outboxLanes: { $exists: true } } },
] as const;

const remembered = ({ key, bodyHash }: Omit<StoredStep, "version">, version: number): StoredStep => ({
  key,
  bodyHash,
  version,
});

/**
 * Fields of a new aggregate whose first step left `event`, or of one without events when null. Throws for an event
 * that is not declared.
 */
export function newAggregate(
  event: DomainEvent | null,
  step: Omit<StoredStep, "version"> | null,
): Omit<Aggregate, "_id"> {
  if (event) assertDeclared(event);
  return {
    version: event?.version ?? 0,
    steps: step ? [remembered(step, 1)] : [],
    outbox: event ? [event] : [],
    ...(event ? { outboxLanes: [partitionOf(event.communityId)] } : {}),
  };
}

/** The durable write concern of every step: acknowledged by a majority, on disk. */
export const durable = { w: "majority", journal: true } as const;

/**
 * One step as one change of a document: the new fields, the event in the outbox, the step's key; `echo`: a second
 * event, the next version. To be written on the condition that `event.version - 1` is still its version. Throws for
 * an event that is not declared.
 */
export function stepUpdate(
  set: Document,
  event: DomainEvent,
  step: Omit<StoredStep, "version"> | null,
  echo: DomainEvent | null = null,
): Document {
  const events = echo ? [event, echo] : [event];
  events.forEach(assertDeclared);
  const { version } = echo ?? event;
  return {
    $set: { ...set, version },
    $push: {
      outbox: { $each: events },
      ...(step ? { steps: { $each: [remembered(step, version)], $slice: -REMEMBERED_STEPS } } : {}),
    },
    $addToSet: { outboxLanes: { $each: events.map(({ communityId }) => partitionOf(communityId)) } },
  };
}

/**
 * Takes one step in one conditional write. Returns the document after it, or null when the version has moved: load
 * again and decide again.
 */
export async function writeStep(
  collection: mongoose.mongo.Collection<Document>,
  id: AggregateId,
  set: Document,
  event: DomainEvent,
  step: Omit<StoredStep, "version"> | null,
): Promise<Document | null> {
  return collection.findOneAndUpdate(
    { _id: id, version: event.version - 1 } as Document,
    stepUpdate(set, event, step),
    { returnDocument: "after", writeConcern: durable },
  );
}
