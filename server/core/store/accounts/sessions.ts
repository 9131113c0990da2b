import { collectionOf } from "../../../kernel/collection.ts";
import type { Connection } from "mongoose";
import mongoose from "mongoose";
import type { Front } from "../../domain/accounts/device.ts";
import { durable } from "../../../kernel/aggregate.ts";

/**
 * A login on one device. `generation` counts its refreshes; only the refresh token of the current generation is valid.
 */
export interface Session {
  id: string;
  userId: string;
  /** The device in words that its owner recognizes; null when it does not name itself. */
  device: string | null;
  front: Front | null;
  createdAt: Date;
  generation: number;
  rotatedAt: Date;
  expiresAt: Date;
}

/** Fields that older documents lack. */
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

/** The creation time in an id. Its first four bytes are seconds since the epoch. */
const madeAt = (id: string): Date => new Date(Number.parseInt(id.slice(0, 8), 16) * 1000);

const toDomain = ({ _id, ...rest }: Stored): Session => ({
  id: _id,
  device: null,
  front: null,
  createdAt: madeAt(_id),
  ...rest,
});

/** Logins. An ended login is deleted. */
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
    /** Moves the session to the next generation. Null when it was no longer at `generation`. */
    async rotate(id: string, generation: number, at: Date, expiresAt: Date): Promise<Session | null> {
      const rotated = await collection.findOneAndUpdate(
        { _id: id, generation },
        { $set: { generation: generation + 1, rotatedAt: at, expiresAt } },
        { returnDocument: "after", writeConcern: durable },
      );
      return rotated ? toDomain(rotated) : null;
    },
    /** Sets when a session ends, unless it has ended. */
    async extend(id: string, expiresAt: Date, now: Date): Promise<void> {
      const query = { _id: id, expiresAt: { $gt: now } };
      await collection.updateOne(query, { $set: { expiresAt } }, { writeConcern: durable });
    },
    async end(ids: readonly string[]): Promise<void> {
      await collection.deleteMany({ _id: { $in: [...ids] } }, { writeConcern: durable });
    },
    /** The logins of users, the last used first. */
    async of(userIds: readonly string[]): Promise<Session[]> {
      const found = await collection
        .find({ userId: { $in: [...userIds] } })
        .sort({ rotatedAt: -1 })
        .toArray();
      return found.map(toDomain);
    },
    /** How many logins got their last token before a moment. */
    async rotatedBefore(before: Date): Promise<number> {
      return collection.countDocuments({ rotatedAt: { $lt: before } });
    },
    /** Ends every login of a user. */
    async endOf(userId: string): Promise<void> {
      await collection.deleteMany({ userId }, { writeConcern: durable });
    },
    /** Moves the logins of one user to another, so that they stay valid after a merge. */
    async move(fromUserId: string, toUserId: string): Promise<void> {
      await collection.updateMany({ userId: fromUserId }, { $set: { userId: toUserId } });
    },
    /** Deletes expired logins. */
    async forget(now: Date): Promise<void> {
      await collection.deleteMany({ expiresAt: { $lt: now } });
    },
  };
}
