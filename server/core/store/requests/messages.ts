import { collectionOf } from "../../../kernel/collection.ts";
import type { IdempotencyRecord } from "../../../kernel/idempotency.ts";
import type { Connection } from "mongoose";
import mongoose from "mongoose";
import { type Aggregate, aggregateFields, durable, newAggregate, outboxIndex } from "../../../kernel/aggregate.ts";
import type { DomainEvent, EventRecord } from "../../../kernel/event.ts";
import { type Erasure, eraseAggregates } from "../../../kernel/erase-aggregates.ts";
import { INSTALLATION } from "../../domain/audit/audit.ts";
import { isDuplicateKey, objectId } from "../../../kernel/object-ids.ts";

/** A message between resident and handler, a note that both may read, or an internal note for staff. */
export interface StoredMessage {
  id: string;
  requestId: string;
  kind: "message" | "note" | "internal";
  at: Date;
  author: { id: string; role: string; name: string };
  text: string;
  fileIds: readonly string[];
}

/** The most messages that are shown. Older ones are still in the log. */
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

/** Messages and notes of requests. They are documents of their own, so that messages do not conflict with steps. */
export function createMessageRepository(connection: Connection) {
  const model = connection.model("RequestMessage", schema);
  const collection = collectionOf<Stored>(model);

  return {
    /**
     * Inserts a message with its event. False when the id, which is derived from an idempotency key, exists already.
     */
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
    /** The idempotency record with which the message was created, or null. */
    async idempotencyOf(id: string): Promise<Aggregate["idempotency"][number] | null> {
      return (
        (await collection.findOne({ _id: objectId(id) }, { projection: { idempotency: 1 } }))?.idempotency[0] ?? null
      );
    },
    /** The latest 200 messages of a request, oldest first, and their events that are not in the log yet. */
    async ofRequest(
      requestId: string,
    ): Promise<{ messages: StoredMessage[]; pending: { id: string; event: EventRecord }[] }> {
      const found = await collection.find({ requestId }).sort({ at: -1 }).limit(MAX_SHOWN).toArray();
      const messages = found.map(
        ({ _id, version: _v, idempotency: _i, outbox: _o, outboxPartitions: _l, ...rest }) => ({
          id: _id.toHexString(),
          ...rest,
        }),
      );
      const pending = found.flatMap(({ _id, outbox }) =>
        outbox.map((event) => ({ id: `${_id.toHexString()}:${event.version}`, event })),
      );
      return { messages: messages.toReversed(), pending };
    },
    /**
     * Erases text and pictures of all messages in these requests (by id, with their communities), and the names of
     * these authors, or of all residents. Returns the messages' ids.
     */
    erase(
      communityOf: ReadonlyMap<string, string>,
      authorIds: readonly string[] | "residents",
      erasure: Erasure,
    ): Promise<string[]> {
      const query = { requestId: { $in: [...communityOf.keys()] } };
      return eraseAggregates(collectionOf({ collection }), query, "data.erased", erasure, (document) => {
        const { author, requestId } = document as Stored;
        const named = authorIds === "residents" ? author.role === "resident" : authorIds.includes(author.id);
        const set = { text: "", fileIds: [], ...(named ? { "author.name": "" } : {}) };
        return {
          set,
          communityId: communityOf.get(requestId) ?? INSTALLATION,
          about: { kind: "request", id: requestId, no: null },
        };
      });
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
