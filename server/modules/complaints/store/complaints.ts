import { collectionOf } from "../../../kernel/collection.ts";
import type { Page } from "../../../kernel/page.ts";
import type { Intent } from "../../../kernel/idempotency.ts";
import type { DomainEvent } from "../../../kernel/event.ts";
import type { Connection } from "mongoose";
import mongoose from "mongoose";
import type { Complaint } from "../domain/complaint.ts";
import {
  type Aggregate,
  aggregateFields,
  durable,
  newAggregate,
  outboxIndex,
  writeStep,
} from "../../../kernel/aggregate.ts";
import { newestFirst } from "../../../kernel/cursor.ts";
import { isDuplicateKey, objectId } from "../../../kernel/object-ids.ts";

const schema = new mongoose.Schema(
  {
    ...aggregateFields,
    communityId: { type: String, required: true },
    userId: { type: String, required: true },
    name: String,
    requestId: String,
    requestNo: String,
    text: String,
    at: { type: Date, required: true },
    answer: mongoose.Schema.Types.Mixed,
  },
  { collection: "complaints", versionKey: false, minimize: false },
);
schema.index({ communityId: 1, at: -1 });
schema.index({ userId: 1, at: -1 });
schema.index({ at: 1 });
schema.index(...outboxIndex);

type Stored = Aggregate & Omit<Complaint, "id">;

export interface LoadedComplaint {
  complaint: Complaint;
  steps: Aggregate["steps"];
}

function toDomain({ _id, steps: _s, outbox: _o, outboxLanes: _l, ...rest }: Stored): Complaint {
  return { id: _id.toHexString(), ...rest };
}

/** Complaints (投诉). */
export function createComplaintRepository(connection: Connection) {
  const model = connection.model("Complaint", schema);
  const collection = collectionOf<Stored>(model);
  const steps = collectionOf(model);
  return {
    async load(id: string): Promise<LoadedComplaint | null> {
      const found = await collection.findOne({ _id: objectId(id) });
      return found ? { complaint: toDomain(found), steps: found.steps } : null;
    },
    /** Inserts it with its event. False: the id (an intent's) was there already. */
    async insert(
      { id, version: _v, ...fields }: Complaint,
      event: DomainEvent,
      intent: Intent | null,
    ): Promise<boolean> {
      try {
        const stored = { _id: objectId(id), ...fields, ...newAggregate(event, intent) };
        await collection.insertOne(stored, { writeConcern: durable });
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
    /** Saves a decided step. Null: the version has moved. */
    async saveStep(id: string, set: Partial<Complaint>, event: DomainEvent, intent: Intent | null) {
      const saved = await writeStep(steps, objectId(id), set, event, intent);
      return saved ? toDomain(saved as Stored) : null;
    },
    /** Newest first: of these users, or of these communities; `answered` narrows. */
    async list(
      of: { userIds: readonly string[] } | { communityIds: readonly string[] },
      answered: boolean | undefined,
      limit: number,
      cursor?: string,
    ): Promise<Page<Complaint>> {
      const query: Record<string, unknown> =
        "userIds" in of ? { userId: { $in: [...of.userIds] } } : { communityId: { $in: [...of.communityIds] } };
      if (answered !== undefined) query["answer"] = answered ? { $ne: null } : null;
      const page = await newestFirst(collection, query, "at", { limit, cursor });
      return { ...page, items: page.items.map(toDomain) };
    },
    /** Erases the words of complaints and of the answers to them, and the names: of these users, or all from before a moment. */
    async erase(of: { userIds: readonly string[] } | { before: Date }): Promise<void> {
      const query = "userIds" in of ? { userId: { $in: [...of.userIds] } } : { at: { $lt: of.before } };
      await collection.updateMany(query, { $set: { text: "", name: "" } }, { writeConcern: durable });
      await collection.updateMany({ ...query, answer: { $ne: null } }, { $set: { "answer.text": "" } });
    },
  };
}
