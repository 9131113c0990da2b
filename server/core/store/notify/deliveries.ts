import { collectionOf } from "../../../kernel/collection.ts";
import type { Connection } from "mongoose";
import mongoose from "mongoose";
import type { Channel, PlannedMessage } from "../../domain/notify/messages.ts";
import { durable } from "../../../kernel/aggregate.ts";
import { ignoreDuplicates } from "../../../kernel/object-ids.ts";

/**
 * `reserved`: being sent. `refused`: WeChat has no consent for it. `unknown`: it may have been sent, so it is not sent
 * again. `skipped`: it could not be sent; `reason` has the cause.
 */
export type DeliveryState = "queued" | "reserved" | "sent" | "refused" | "failed" | "unknown" | "skipped";

/**
 * A message outside the app to one person or group. `_id` is `eventId:userId:channel`, so that a message is stored
 * once.
 */
export interface Delivery extends Omit<PlannedMessage, "id"> {
  _id: string;
  communityId: string;
  requestId: string | null;
  /** The event's type and time. */
  type: string;
  at: Date;
  state: DeliveryState;
  /** Why it was not sent: a code of this program (`no_consent`, `outdated` …), or the channel's error code. */
  reason: string | null;
  /** How often it was taken for sending; 0 when it never could be sent. Only the last attempt may write its result. */
  attempt: number;
  reservedAt: Date | null;
  settledAt: Date | null;
}

const schema = new mongoose.Schema(
  {
    _id: String,
    userId: String,
    to: { type: String, required: true },
    channel: { type: String, required: true },
    purpose: { type: String, required: true },
    waits: Boolean,
    notBefore: { type: Date, required: true },
    communityId: { type: String, required: true },
    requestId: String,
    type: { type: String, required: true },
    at: { type: Date, required: true },
    state: { type: String, required: true },
    reason: String,
    attempt: { type: Number, required: true },
    reservedAt: Date,
    settledAt: Date,
  },
  { collection: "deliveries", versionKey: false },
);
schema.index({ state: 1, notBefore: 1 }, { partialFilterExpression: { state: "queued" }, name: "due" });
schema.index({ reservedAt: 1 }, { partialFilterExpression: { state: "reserved" }, name: "under_way" });
schema.index({ requestId: 1, at: 1 });
schema.index({ userId: 1, at: -1 });
schema.index({ at: 1 });

/** The messages that share a rate limit: those of one app, or of one community's robot. */
export type DeliveryRoute = Pick<Delivery, "channel"> & Partial<Pick<Delivery, "communityId">>;

const MAX_PER_REQUEST = 200;
/** The most messages of a user in an export. They are kept for a year. */
const MAX_PER_USER = 5_000;

/** Messages outside the app, with their states. */
export function createDeliveryRepository(connection: Connection) {
  const model = connection.model("Delivery", schema);
  const collection = collectionOf<Delivery>(model);

  return {
    /** Queues the messages that are not stored yet. */
    async add(deliveries: readonly Delivery[]): Promise<void> {
      if (!deliveries.length) return;
      await ignoreDuplicates(collection.insertMany([...deliveries], { ordered: false, writeConcern: durable }));
    },
    /** The due messages of a channel: first those that may not wait, then by due time. */
    async due(channel: Channel, now: Date, limit: number): Promise<Delivery[]> {
      const query = { channel, state: "queued", notBefore: { $lte: now } } as const;
      return collection.find(query).sort({ waits: 1, notBefore: 1, at: 1 }).limit(limit).toArray();
    },
    /** When the next queued message of this route becomes due after `now`; null without one. */
    async nextDue(way: DeliveryRoute, now: Date): Promise<Date | null> {
      const query = { ...way, state: "queued", notBefore: { $gt: now } } as const;
      const [next] = await collection.find(query).sort({ notBefore: 1 }).limit(1).toArray();
      return next?.notBefore ?? null;
    },
    /** Postpones the due ones of these messages until `until`. */
    async postpone(those: DeliveryRoute & Pick<Delivery, "waits">, now: Date, until: Date): Promise<void> {
      const query = { ...those, state: "queued", notBefore: { $lte: now } } as const;
      await collection.updateMany(query, { $set: { notBefore: until } });
    },
    /** Takes a due message for sending, so that no other process takes it. Null when it is no longer due. */
    async take(id: string, now: Date): Promise<Delivery | null> {
      return collection.findOneAndUpdate(
        { _id: id, state: "queued", notBefore: { $lte: now } },
        { $set: { state: "reserved", reservedAt: now }, $inc: { attempt: 1 } },
        { returnDocument: "after", writeConcern: durable },
      );
    },
    /** Marks messages as skipped, except those that were taken since they were read. */
    async skip(deliveries: readonly Delivery[], reason: string, now: Date): Promise<void> {
      // Messages of the same attempt are updated in one command, which is far cheaper than one for each.
      for (const [attempt, same] of Map.groupBy(deliveries, (delivery) => delivery.attempt)) {
        const query = { _id: { $in: same.map(({ _id }) => _id) }, attempt, state: "queued" } as const;
        await collection.updateMany(query, { $set: { state: "skipped", reason, settledAt: now } });
      }
    },
    /** Writes the result of an attempt. False when a later attempt or another result exists. */
    async settle(
      { _id, attempt }: Pick<Delivery, "_id" | "attempt">,
      after: { state: DeliveryState; reason: string | null; settledAt: Date; notBefore?: Date },
    ): Promise<boolean> {
      const { matchedCount } = await collection.updateOne(
        { _id, attempt, state: "reserved" },
        { $set: after },
        { writeConcern: durable },
      );
      return matchedCount === 1;
    },
    /** Messages taken before `before` without a result. The process that took them crashed or hangs. */
    async stuck(before: Date, limit: number): Promise<Delivery[]> {
      return collection
        .find({ state: "reserved", reservedAt: { $lt: before } })
        .limit(limit)
        .toArray();
    },
    /** Deletes messages of events before `before`. */
    async removeBefore(before: Date): Promise<void> {
      await collection.deleteMany({ at: { $lt: before } });
    },
    /**
     * After a restore from a backup: marks unsent messages as unknown, since the original installation may have sent
     * them.
     */
    async doubt(): Promise<void> {
      const doubtful = { state: "unknown", reason: "restored" } as const;
      await collection.updateMany({ state: { $in: ["queued", "reserved"] } }, { $set: doubtful });
    },
    /** The messages to these users, newest first. */
    async ofUsers(userIds: readonly string[]): Promise<Delivery[]> {
      const found = collection.find({ userId: { $in: [...userIds] } });
      return found.sort({ at: -1 }).limit(MAX_PER_USER).toArray();
    },
    /** The messages of one request, oldest first. */
    async ofRequest(requestId: string): Promise<Delivery[]> {
      return collection.find({ requestId }).sort({ at: 1, _id: 1 }).limit(MAX_PER_REQUEST).toArray();
    },
  };
}
