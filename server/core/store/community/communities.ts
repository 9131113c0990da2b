import { collectionOf } from "../../../kernel/collection.ts";
import type { Connection } from "mongoose";
import mongoose from "mongoose";
import { type WorkingHours, defaultHours } from "../../domain/community/calendar.ts";
import type { Community, ReplyTemplate } from "../../domain/community/community.ts";
import {
  type Aggregate,
  aggregateFields,
  durable,
  newAggregate,
  outboxIndex,
  writeStep,
} from "../../../kernel/aggregate.ts";
import type { AggregateRepository, Versioned } from "../../../kernel/aggregate-repository.ts";
import { isDuplicateKey } from "../../../kernel/object-ids.ts";
import { createShortCache } from "../../../kernel/short-cache.ts";

const { Mixed } = mongoose.Schema.Types;

const schema = new mongoose.Schema(
  {
    ...aggregateFields,
    _id: String,
    name: { type: String, required: true },
    subdistrict: { type: String, required: true, index: true },
    phone: String,
    address: String,
    officeHours: String,
    workingHours: Mixed,
    offerMinutes: Number,
    unitHead: String,
    buildings: { type: [Mixed], default: [] },
    services: { type: [Mixed], default: [] },
    templates: { type: [Mixed], default: [] },
  },
  { collection: "communities", versionKey: false },
);
schema.index(...outboxIndex);

type Stored = Omit<Aggregate, "_id"> &
  Omit<Community, "id" | "workingHours"> & { _id: string; workingHours?: WorkingHours };

/** A community with its version, which counts its changes. */
export type VersionedCommunity = Community & Versioned;

function toDomain({ _id, version: _v, idempotency: _i, outbox: _o, outboxPartitions: _l, ...rest }: Stored): Community {
  return { id: _id, workingHours: defaultHours, ...rest };
}

const versioned = (stored: Stored): VersionedCommunity => ({
  ...toDomain(stored),
  version: stored.version,
  communityId: stored._id,
});

/** The stored fields, without those of the aggregate. */
function fieldsOf({ id: _id, version: _v, communityId: _c, ...fields }: Partial<VersionedCommunity>) {
  return fields;
}

/** Communities with their buildings and service catalogue. Changes by a committee are steps with an event. */
export function createCommunityRepository(connection: Connection) {
  const model = connection.model("Community", schema);
  const collection = collectionOf<Stored>(model);
  const cache = createShortCache(async (id) => {
    const found = await collection.findOne({ _id: id });
    return found && toDomain(found);
  });

  const steps: AggregateRepository<VersionedCommunity> = {
    async load(id) {
      const found = await collection.findOne({ _id: id });
      return found ? { value: versioned(found), steps: found.idempotency } : null;
    },
    async insert(community, event, idempotency) {
      const stored = { ...fieldsOf(community), _id: community.id, ...newAggregate(event, idempotency) } as Stored;
      try {
        await collection.insertOne(stored, { writeConcern: durable });
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
    async saveStep(id, set, event, idempotency) {
      const saved = await writeStep(model.collection, id, fieldsOf(set), event, idempotency);
      cache.forget(id);
      return saved ? versioned(saved as Stored) : null;
    },
  };

  return {
    ...steps,
    /** The community or null, at most 5 s old unless this process changed it. */
    find: cache.get,
    async list(): Promise<Community[]> {
      return (await collection.find({}).sort({ _id: 1 }).toArray()).map(toDomain);
    },
    async ids(): Promise<string[]> {
      return (await collection.find({}, { projection: { _id: 1 } }).toArray()).map((c) => c._id);
    },
    /** False: what is there is not `before` any more; nothing was written. */
    async replaceTemplates(
      id: string,
      before: readonly ReplyTemplate[] | undefined,
      templates: readonly ReplyTemplate[],
    ): Promise<boolean> {
      const query = { _id: id, templates: before ?? null } as mongoose.mongo.Filter<Stored>;
      const { matchedCount } = await collection.updateOne(query, { $set: { templates } });
      cache.forget(id);
      return matchedCount === 1;
    },
    /** Writes the whole community, new or not, without an event. Used by the demo. */
    async save({ id, ...rest }: Community): Promise<void> {
      await collection.updateOne(
        { _id: id },
        { $set: rest, $setOnInsert: newAggregate(null, null) as Partial<Stored> },
        { upsert: true },
      );
      cache.forget(id);
    },
  };
}
