import type { Connection } from "mongoose";
import mongoose from "mongoose";
import { durable } from "./aggregate.ts";

/** One login on one device. `generation` counts its refreshes; only the token of the current one is good. */
export interface Session {
  id: string;
  userId: string;
  generation: number;
  rotatedAt: Date;
  expiresAt: Date;
}

type Stored = Omit<Session, "id"> & { _id: string };

const schema = new mongoose.Schema(
  {
    _id: String,
    userId: { type: String, required: true },
    generation: { type: Number, required: true },
    rotatedAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
  },
  { collection: "sessions", versionKey: false },
);
schema.index({ userId: 1 });
schema.index({ expiresAt: 1 });

const toDomain = ({ _id, ...rest }: Stored): Session => ({ id: _id, ...rest });

/** Logins. One that is ended is gone. */
export function createSessionRepository(connection: Connection) {
  const model = connection.model("Session", schema);
  const collection = model.collection as unknown as mongoose.mongo.Collection<Stored>;
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
    async end(id: string): Promise<void> {
      await collection.deleteOne({ _id: id }, { writeConcern: durable });
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
    /** Ends every login of a user; `but`: all except that one. */
    async endOf(userId: string, but: string | null = null): Promise<void> {
      await collection.deleteMany(but === null ? { userId } : { userId, _id: { $ne: but } }, { writeConcern: durable });
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
