import { collectionOf } from "../../../kernel/collection.ts";
import type { IdempotencyRecord } from "../../../kernel/idempotency.ts";
import type { Connection } from "mongoose";
import mongoose from "mongoose";
import { type Aggregate, aggregateFields, durable, newAggregate, outboxIndex } from "../../../kernel/aggregate.ts";
import type { DomainEvent, EventRecord } from "../../../kernel/event.ts";
import { isDuplicateKey, objectId } from "../../../kernel/object-ids.ts";

/** A message between resident and handler, a work note that both may read, or an internal one that staff read. */
export interface StoredMessage {
  id: string;
  requestId: string;
  kind: "message" | "note" | "internal";
  at: Date;
  author: { id: string; role: string; name: string };
  text: string;
  fileIds: readonly string[];
}

/** Enough for any request; older ones are still in the log. */
const MAX_SHOWN = 200;

const schema = new mongoose.Schema(
  {
    ...aggregateFields,
    requestId: { type: String, required: true },
    kind: { type: String, required: true },
    at: { type: Date, required: true },
    author: { id: String, role: String, name: String },
    text: String,
    fileIds: [String],
  },
  { collection: "request_messages", versionKey: false },
);
schema.index({ requestId: 1, at: -1 });
schema.index(...outboxIndex);

type Stored = Aggregate & Omit<StoredMessage, "id">;

/** Messages and notes of requests: documents of their own, so that talk does not collide with steps. */
export function createMessageRepository(connection: Connection) {
  const model = connection.model("RequestMessage", schema);
  const collection = collectionOf<Stored>(model);

  return {
    /** Inserts it with its event. False: the id (an idempotency key's) was there already. */
    async insert(
      { id, ...fields }: StoredMessage,
      event: DomainEvent,
      idempotency: IdempotencyRecord | null,
    ): Promise<boolean> {
      try {
        await collection.insertOne(
          { _id: objectId(id), ...fields, ...newAggregate(event, idempotency) },
          { writeConcern: durable },
        );
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
    /** The idempotency record that made the message, or null. */
    async intentOf(id: string): Promise<Aggregate["steps"][number] | null> {
      return (await collection.findOne({ _id: objectId(id) }, { projection: { steps: 1 } }))?.steps[0] ?? null;
    },
    /** The latest 200 of a request, oldest first, and their events that are not in the log yet. */
    async ofRequest(
      requestId: string,
    ): Promise<{ messages: StoredMessage[]; pending: { id: string; event: EventRecord }[] }> {
      const found = await collection.find({ requestId }).sort({ at: -1 }).limit(MAX_SHOWN).toArray();
      const messages = found.map(({ _id, version: _v, steps: _s, outbox: _o, outboxLanes: _l, ...rest }) => ({
        id: _id.toHexString(),
        ...rest,
      }));
      const pending = found.flatMap(({ _id, outbox }) =>
        outbox.map((event) => ({ id: `${_id.toHexString()}:${event.version}`, event })),
      );
      return { messages: messages.toReversed(), pending };
    },
    /**
     * Erases the words and pictures of all talk in these requests, and the names of these authors, or of all
     * residents. Returns its ids.
     */
    async erase(requestIds: readonly string[], authorIds: readonly string[] | "residents"): Promise<string[]> {
      const query = { requestId: { $in: [...requestIds] } };
      const found = await collection.find(query, { projection: { _id: 1 } }).toArray();
      await collection.updateMany(query, { $set: { text: "", fileIds: [] } }, { writeConcern: durable });
      const named = {
        ...query,
        ...(authorIds === "residents" ? { "author.role": "resident" } : { "author.id": { $in: [...authorIds] } }),
      };
      await collection.updateMany(named, { $set: { "author.name": "" } }, { writeConcern: durable });
      return found.map(({ _id }) => _id.toHexString());
    },
    /** The request that a message belongs to, or null. */
    async requestOf(id: string): Promise<string | null> {
      return (await collection.findOne({ _id: objectId(id) }, { projection: { requestId: 1 } }))?.requestId ?? null;
    },
    /** Whether the message exists and shows the picture. */
    async shows(id: string, fileId: string): Promise<boolean> {
      return (await collection.findOne({ _id: objectId(id), fileIds: fileId }, { projection: { _id: 1 } })) !== null;
    },
  };
}
