import { collectionOf } from "../../../kernel/collection.ts";
import type { Connection } from "mongoose";
import mongoose from "mongoose";
import type { Front } from "../../domain/accounts/device.ts";
import { durable } from "../../../kernel/aggregate.ts";

/** One login on one device. `generation` counts its refreshes; only the token of the current one is good. */
export interface Session {
  id: string;
  userId: string;
  /** What it is, as its owner would call it; null: it does not say. */
  device: string | null;
  front: Front | null;
  createdAt: Date;
  generation: number;
  rotatedAt: Date;
  expiresAt: Date;
}

/** Logins from before devices were noted have none of it. */
type Noted = "device" | "front" | "createdAt";
type Stored = Omit<Session, "id" | Noted> & Partial<Pick<Session, Noted>> & { _id: string };

const schema = new mongoose.Schema(
  {
    _id: String,
    userId: { type: String, required: true },
    device: String,
    front: String,
    createdAt: Date,
    generation: { type: Number, required: true },
    rotatedAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
  },
  { collection: "sessions", versionKey: false },
);
schema.index({ userId: 1 });
schema.index({ expiresAt: 1 });

/** An id begins with the second of its making. */
const madeAt = (id: string): Date => new Date(Number.parseInt(id.slice(0, 8), 16) * 1000);

const toDomain = ({ _id, ...rest }: Stored): Session => ({
  id: _id,
  device: null,
  front: null,
  createdAt: madeAt(_id),
  ...rest,
});

/** Logins. One that is ended is gone. */
export function createSessionRepository(connection: Connection) {
  const model = connection.model("Session", schema);
  const collection = collectionOf<Stored>(model);
  return {
    async create({ id, ...rest }: Session): Promise<void> {
      await collection.insertOne({ _id: id, ...rest }, { writeConcern: durable });
    },
    async find(id: string): Promise<Session | null> {
      const found = await collection.findOne({ _id: id });
      return found ? toDomain(found) : null;
    },
    /** Moves on to the next generation. Null: it was no longer at `generation`. */
    async rotate(id: string, generation: number, at: Date, expiresAt: Date): Promise<Session | null> {
      const rotated = await collection.findOneAndUpdate(
        { _id: id, generation },
        { $set: { generation: generation + 1, rotatedAt: at, expiresAt } },
        { returnDocument: "after", writeConcern: durable },
      );
      return rotated ? toDomain(rotated) : null;
    },
    async end(ids: readonly string[]): Promise<void> {
      await collection.deleteMany({ _id: { $in: [...ids] } }, { writeConcern: durable });
    },
    /** Logins of users, the last used first. */
    async of(userIds: readonly string[]): Promise<Session[]> {
      const found = await collection
        .find({ userId: { $in: [...userIds] } })
        .sort({ rotatedAt: -1 })
        .toArray();
      return found.map(toDomain);
    },
    /** How many were last given a token before a moment. */
    async rotatedBefore(before: Date): Promise<number> {
      return collection.countDocuments({ rotatedAt: { $lt: before } });
    },
    /** Ends every login of a user. */
    async endOf(userId: string): Promise<void> {
      await collection.deleteMany({ userId }, { writeConcern: durable });
    },
    /** Gives the logins of one user to another: after a merge they go on. */
    async move(fromUserId: string, toUserId: string): Promise<void> {
      await collection.updateMany({ userId: fromUserId }, { $set: { userId: toUserId } });
    },
    /** Deletes what is past its time. */
    async forget(now: Date): Promise<void> {
      await collection.deleteMany({ expiresAt: { $lt: now } });
    },
  };
}
