import type { DomainEvent } from "./event.ts";
import mongoose from "mongoose";
import { assertDeclared } from "./declared-event.ts";
import type { EventRecord } from "./event.ts";
import { partitionOf } from "./partition.ts";

type ObjectId = mongoose.mongo.ObjectId;
type Document = mongoose.mongo.Document;
/** The id of an aggregate; a string where it is a word, as for a community. */
export type AggregateId = ObjectId | string;

/**
 * The idempotency record of a step that was taken: the caller's key and the hash of the body. A repeated key is
 * answered and not executed again.
 */
export interface StoredIdempotency {
  key: string;
  bodyHash: string;
  version: number;
}

/** How many idempotency records an aggregate keeps. */
const REMEMBERED_STEPS = 20;

/** The fields of every document that writes events, besides its own. */
export interface Aggregate {
  _id: ObjectId;
  version: number;
  /** The records of the last steps, oldest first. */
  idempotency: StoredIdempotency[];
  outbox: EventRecord[];
  /** Partitions of the events in `outbox`, by which the relay finds the document. Absent when the outbox is empty. */
  outboxPartitions?: number[];
}

/** Mongoose definition of {@link Aggregate}, to spread into a schema. Events are validated when they are written. */
export const aggregateFields = {
  version: { type: Number, required: true },
  idempotency: { type: [mongoose.Schema.Types.Mixed], default: [] },
  outbox: { type: [mongoose.Schema.Types.Mixed], default: [] },
  outboxPartitions: { type: [Number], default: undefined },
} as const;

/**
 * The index with which the relay finds documents with events in their outbox. Documents with an empty outbox are not in
 * it.
 */
export const outboxIndex = [
  { outboxPartitions: 1 },
  { name: "outbox_by_partition", partialFilterExpression: { outboxPartitions: { $exists: true } } },
] as const;

const remembered = ({ key, bodyHash }: Omit<StoredIdempotency, "version">, version: number): StoredIdempotency => ({
  key,
  bodyHash,
  version,
});

/**
 * The fields of a new aggregate whose first step wrote `event`, or of one without events when it is null. Throws for an
 * undeclared event.
 */
export function newAggregate(
  event: DomainEvent | null,
  step: Omit<StoredIdempotency, "version"> | null,
): Omit<Aggregate, "_id"> {
  if (event) assertDeclared(event);
  return {
    version: event?.version ?? 0,
    idempotency: step ? [remembered(step, 1)] : [],
    outbox: event ? [event] : [],
    ...(event ? { outboxPartitions: [partitionOf(event.communityId)] } : {}),
  };
}

/** The write concern of every step: acknowledged by a majority, in the journal on disk. */
export const durable = { w: "majority", journal: true } as const;

/**
 * The update of one step: new fields, the event in the outbox, the idempotency record. `echo`: a mirror event with the
 * next version. It must be written on the condition that the stored version is `event.version - 1`. Throws for an
 * undeclared event.
 */
export function stepUpdate(
  set: Document,
  event: DomainEvent,
  step: Omit<StoredIdempotency, "version"> | null,
  echo: DomainEvent | null = null,
): Document {
  const events = echo ? [event, echo] : [event];
  events.forEach(assertDeclared);
  const { version } = echo ?? event;
  return {
    $set: { ...set, version },
    $push: {
      outbox: { $each: events },
      ...(step ? { idempotency: { $each: [remembered(step, version)], $slice: -REMEMBERED_STEPS } } : {}),
    },
    $addToSet: { outboxPartitions: { $each: events.map(({ communityId }) => partitionOf(communityId)) } },
  };
}

/**
 * Takes one step in one conditional write. Returns the document after it. Null when the version has moved; the caller
 * then loads and decides again.
 */
export async function writeStep(
  collection: mongoose.mongo.Collection<Document>,
  id: AggregateId,
  set: Document,
  event: DomainEvent,
  step: Omit<StoredIdempotency, "version"> | null,
): Promise<Document | null> {
  return collection.findOneAndUpdate(
    { _id: id, version: event.version - 1 } as Document,
    stepUpdate(set, event, step),
    { returnDocument: "after", writeConcern: durable },
  );
}
