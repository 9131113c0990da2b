import type { IdempotencyRecord } from "./idempotency.ts";
import type { DomainEvent } from "./event.ts";
import mongoose from "mongoose";
import type { Connection } from "mongoose";
import { type Aggregate, aggregateFields, durable, newAggregate, outboxIndex, writeStep } from "./aggregate.ts";
import { isDuplicateKey, objectId } from "./object-ids.ts";

/** What every aggregate of the domain has. */
export interface Versioned {
  id: string;
  version: number;
  communityId: string;
}

/** An aggregate with the idempotency keys that it remembers. */
export interface Loaded<T> {
  value: T;
  steps: Aggregate["steps"];
}

export interface AggregateRepository<T extends Versioned> {
  load(id: string): Promise<Loaded<T> | null>;
  /** Inserts it with its first event; null: another aggregate's event made it. False: it is there already. */
  insert(value: T, event: DomainEvent | null, idempotency: IdempotencyRecord | null): Promise<boolean>;
  /** Saves a decided step. Null: the version has moved, nothing was written. */
  saveStep(id: string, set: Partial<T>, event: DomainEvent, idempotency: IdempotencyRecord | null): Promise<T | null>;
}

/** Of aggregates that are not kept for ever. */
export interface ExpiringRepository<T extends Versioned> extends AggregateRepository<T> {
  /** Deletes those whose `field` is before a moment and whose events are all in the log. */
  removeBefore(field: keyof T & string, before: Date): Promise<void>;
}

type Document = mongoose.mongo.Document;
type Stored<T> = Aggregate & Omit<T, "id" | "version">;

/** A stored aggregate without what belongs to the store. */
export function toDomain({ _id, steps: _steps, outbox: _outbox, outboxLanes: _lanes, ...rest }: Document): Versioned {
  return { id: String(_id), ...rest } as Versioned;
}

/** A collection of aggregates whose fields the domain checks; `indexes` besides the outbox's. */
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

/** Load, first step, further steps: the same for every aggregate that has no more to it. */
export function aggregateRepository<T extends Versioned>(
  collection: mongoose.mongo.Collection<Document>,
): ExpiringRepository<T> {
  return {
    async load(id) {
      const found = (await collection.findOne({ _id: objectId(id) })) as Stored<T> | null;
      return found ? { value: toDomain(found) as T, steps: found.steps } : null;
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
      const over = { [field]: { $gt: new Date(0), $lt: before }, outboxLanes: { $exists: false } };
      await collection.deleteMany(over, { writeConcern: durable });
    },
    async saveStep(id, set, event, idempotency) {
      const { id: _id, version: _version, ...fields } = set;
      const saved = await writeStep(collection, objectId(id), fields, event, idempotency);
      return saved ? (toDomain(saved) as T) : null;
    },
  };
}
