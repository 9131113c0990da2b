import type { IdempotencyRecord } from "./idempotency.ts";
import type { DomainEvent } from "./event.ts";
import mongoose from "mongoose";
import type { Connection } from "mongoose";
import { type Aggregate, aggregateFields, durable, newAggregate, outboxIndex, writeStep } from "./aggregate.ts";
import { isDuplicateKey, objectId } from "./object-ids.ts";

/** The fields of every aggregate in the domain. */
export interface Versioned {
  id: string;
  version: number;
  communityId: string;
}

/** An aggregate with the remembered idempotency records. */
export interface Loaded<T> {
  value: T;
  steps: Aggregate["idempotency"];
}

/** The store of one kind of aggregate. */
export interface AggregateRepository<T extends Versioned> {
  load(id: string): Promise<Loaded<T> | null>;
  /**
   * Inserts an aggregate with its first event. `event` is null when another aggregate's event describes it. False when
   * it exists already.
   */
  insert(value: T, event: DomainEvent | null, idempotency: IdempotencyRecord | null): Promise<boolean>;
  /** Saves a decided step. Null when the version has moved; nothing is written then. */
  saveStep(id: string, set: Partial<T>, event: DomainEvent, idempotency: IdempotencyRecord | null): Promise<T | null>;
}

/** A repository of aggregates that are deleted after a period. */
export interface ExpiringRepository<T extends Versioned> extends AggregateRepository<T> {
  /** Deletes the aggregates whose `field` lies before a moment and whose events are all in the log. */
  removeBefore(field: keyof T & string, before: Date): Promise<void>;
}

type Document = mongoose.mongo.Document;
type Stored<T> = Aggregate & Omit<T, "id" | "version">;

/** A stored aggregate without the fields of the store. */
export function toDomain({
  _id,
  idempotency: _idempotency,
  outbox: _outbox,
  outboxPartitions: _partitions,
  ...rest
}: Document): Versioned {
  return { id: String(_id), ...rest } as Versioned;
}

/** A collection of aggregates whose fields the domain validates. `indexes`: those besides the outbox's. */
export function aggregateCollection(
  connection: Connection,
  model: string,
  collection: string,
  indexes: readonly Readonly<Record<string, 1 | -1>>[],
): mongoose.mongo.Collection<Document> {
  const schema = new mongoose.Schema(
    { ...aggregateFields, communityId: { type: String, required: true } },
    { collection, versionKey: false, strict: false },
  );
  for (const index of indexes) schema.index(index);
  schema.index(...outboxIndex);
  return connection.model(model, schema).collection;
}

/** The repository of an aggregate without special queries: load, first step, further steps. */
export function aggregateRepository<T extends Versioned>(
  collection: mongoose.mongo.Collection<Document>,
): ExpiringRepository<T> {
  return {
    async load(id) {
      const found = (await collection.findOne({ _id: objectId(id) })) as Stored<T> | null;
      return found ? { value: toDomain(found) as T, steps: found.idempotency } : null;
    },
    async insert({ id, ...fields }, event, idempotency) {
      try {
        await collection.insertOne(
          { ...fields, _id: objectId(id), ...newAggregate(event, idempotency) },
          { writeConcern: durable },
        );
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
    async removeBefore(field, before) {
      const over = { [field]: { $gt: new Date(0), $lt: before }, outboxPartitions: { $exists: false } };
      await collection.deleteMany(over, { writeConcern: durable });
    },
    async saveStep(id, set, event, idempotency) {
      const { id: _id, version: _version, ...fields } = set;
      const saved = await writeStep(collection, objectId(id), fields, event, idempotency);
      return saved ? (toDomain(saved) as T) : null;
    },
  };
}
