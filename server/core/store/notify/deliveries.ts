import { collectionOf } from "../../../kernel/collection.ts";
import type { Connection } from "mongoose";
import mongoose from "mongoose";
import type { Channel, PlannedMessage } from "../../domain/notify/messages.ts";
import { durable } from "../../../kernel/aggregate.ts";
import { ignoreDuplicates } from "../../../kernel/object-ids.ts";

/**
 * `reserved`: about to be sent, or just sent. `refused`: WeChat says that there is no consent. `unknown`: it may have
 * been sent, so it is not sent again. `skipped`: there was no way to send it; `reason` says why.
 */
export type DeliveryState = "queued" | "reserved" | "sent" | "refused" | "failed" | "unknown" | "skipped";

/**
 * One message outside the app to one person or group. `_id` is `eventId:userId:channel`: made twice, it is made once.
 */
export interface Delivery extends Omit<PlannedMessage, "id"> {
  _id: string;
  communityId: string;
  requestId: string | null;
  /** The event's type and moment. */
  type: string;
  at: Date;
  state: DeliveryState;
  /** Why it was not sent: a word of ours (`no_consent`, `outdated` …), or the other side's code. */
  reason: string | null;
  /** How often it was taken up: 0 where there was no way to send it. An older try than the last one writes nothing. */
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

/** All that go by one limited way: one app, or the robot of one community. */
export type DeliveryRoute = Pick<Delivery, "channel"> & Partial<Pick<Delivery, "communityId">>;

const MAX_PER_REQUEST = 200;
/** They are kept for a year. */
const MAX_PER_USER = 5_000;

/** Messages outside the app, with their states. */
export function createDeliveryRepository(connection: Connection) {
  const model = connection.model("Delivery", schema);
  const collection = collectionOf<Delivery>(model);

  return {
    /** Queues those that are not there yet. */
    async add(deliveries: readonly Delivery[]): Promise<void> {
      if (!deliveries.length) return;
      await ignoreDuplicates(collection.insertMany([...deliveries], { ordered: false, writeConcern: durable }));
    },
    /** What is due by one channel: first what may not wait, then the longest due. */
    async due(channel: Channel, now: Date, limit: number): Promise<Delivery[]> {
      const query = { channel, state: "queued", notBefore: { $lte: now } } as const;
      return collection.find(query).sort({ waits: 1, notBefore: 1, at: 1 }).limit(limit).toArray();
    },
    /** When the next of these becomes due after `now`, or null. */
    async nextDue(way: DeliveryRoute, now: Date): Promise<Date | null> {
      const query = { ...way, state: "queued", notBefore: { $gt: now } } as const;
      const [next] = await collection.find(query).sort({ notBefore: 1 }).limit(1).toArray();
      return next?.notBefore ?? null;
    },
    /** Lets those of these that are due wait until `until`. */
    async postpone(those: DeliveryRoute & Pick<Delivery, "waits">, now: Date, until: Date): Promise<void> {
      const query = { ...those, state: "queued", notBefore: { $lte: now } } as const;
      await collection.updateMany(query, { $set: { notBefore: until } });
    },
    /** Takes up one that is due; no other process gets it then. Null: it is no longer due. */
    async take(id: string, now: Date): Promise<Delivery | null> {
      return collection.findOneAndUpdate(
        { _id: id, state: "queued", notBefore: { $lte: now } },
        { $set: { state: "reserved", reservedAt: now }, $inc: { attempt: 1 } },
        { returnDocument: "after", writeConcern: durable },
      );
    },
    /** Ends those of these that nobody has taken up since they were read: there is no way to send them. */
    async skip(deliveries: readonly Delivery[], reason: string, now: Date): Promise<void> {
      // As of the same try they are one command: a fraction of what as many cost.
      for (const [attempt, same] of Map.groupBy(deliveries, (delivery) => delivery.attempt)) {
        const query = { _id: { $in: same.map(({ _id }) => _id) }, attempt, state: "queued" } as const;
        await collection.updateMany(query, { $set: { state: "skipped", reason, settledAt: now } });
      }
    },
    /** Writes how a try ended. False: it is no longer that try's. */
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
    /** Those taken up before `before` and never settled: the process that held them crashed or hangs. */
    async stuck(before: Date, limit: number): Promise<Delivery[]> {
      return collection
        .find({ state: "reserved", reservedAt: { $lt: before } })
        .limit(limit)
        .toArray();
    },
    /** Deletes those from before `before`. */
    async removeBefore(before: Date): Promise<void> {
      await collection.deleteMany({ at: { $lt: before } });
    },
    /**
     * Of a copy that was put in the place of the original: whether the original has sent these meanwhile, nobody
     * knows.
     */
    async doubt(): Promise<void> {
      const doubtful = { state: "unknown", reason: "restored" } as const;
      await collection.updateMany({ state: { $in: ["queued", "reserved"] } }, { $set: doubtful });
    },
    /** To these users, newest first. */
    async ofUsers(userIds: readonly string[]): Promise<Delivery[]> {
      const found = collection.find({ userId: { $in: [...userIds] } });
      return found.sort({ at: -1 }).limit(MAX_PER_USER).toArray();
    },
    /** Of one request, oldest first. */
    async ofRequest(requestId: string): Promise<Delivery[]> {
      return collection.find({ requestId }).sort({ at: 1, _id: 1 }).limit(MAX_PER_REQUEST).toArray();
    },
  };
}
