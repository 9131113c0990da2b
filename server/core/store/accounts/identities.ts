import { collectionOf } from "../../../kernel/collection.ts";
import type { Connection } from "mongoose";
import mongoose from "mongoose";
import type { Sealed } from "../../domain/requests/request.ts";
import type { PendingFactor, SecondFactor } from "../../domain/accounts/second-factor.ts";
import { durable } from "../../../kernel/aggregate.ts";
import { isDuplicateKey } from "../../../kernel/object-ids.ts";
import { createLoader } from "../../../kernel/loader.ts";
import { createShortCache } from "../../../kernel/short-cache.ts";

export type IdentityKind = "wechat" | "phone" | "account";

/** One way in: a WeChat openid, a verified phone, or an account with a password. Many belong to one user. */
export interface Identity {
  kind: IdentityKind;
  /** A keyed hash of the openid or phone, or the account in lower case: unique within its kind. */
  subject: string;
  userId: string;
  /**
   * The openid or phone, encrypted: to send messages to, and to find by another key; null for accounts, and phones
   * from before.
   */
  sealed: Sealed | null;
  /** By which key `subject` was hashed; null for accounts, and those from before. */
  keyId: string | null;
  /** Hash of the password of an account; null for the others. */
  secret: string | null;
  /**
   * The password was made by somebody else: good until then, for nothing but choosing an own one. Null: it is one's
   * own.
   */
  temporaryUntil: Date | null;
  /** What an account asks for besides its password (`second-factors.ts` writes it); null: nothing. */
  factor: SecondFactor | null;
  /** What is about to become that. */
  begunFactor: PendingFactor | null;
}

/** What those from before do not have. */
type Later = Pick<Identity, "temporaryUntil" | "keyId" | "factor" | "begunFactor">;

interface Stored extends Omit<Identity, "kind" | "subject" | keyof Later>, Partial<Later> {
  /** `kind:subject`. */
  _id: string;
  kind: IdentityKind;
}

const schema = new mongoose.Schema(
  {
    _id: String,
    kind: String,
    userId: { type: String, required: true },
    sealed: String,
    secret: String,
    temporaryUntil: Date,
    keyId: String,
    factor: mongoose.Schema.Types.Mixed,
    begunFactor: mongoose.Schema.Types.Mixed,
  },
  { collection: "identities", versionKey: false },
);
schema.index({ userId: 1 });

const toDomain = ({ _id, kind, ...rest }: Stored): Identity => ({
  temporaryUntil: null,
  keyId: null,
  factor: null,
  begunFactor: null,
  ...rest,
  kind,
  subject: _id.slice(kind.length + 1),
});

/** Who somebody is when logging in. */
export function createIdentityRepository(connection: Connection) {
  const model = connection.model("Identity", schema);
  const collection = collectionOf<Stored>(model);
  const idOf = (kind: IdentityKind, subject: string): string => `${kind}:${subject}`;

  const find = async (kind: IdentityKind, subject: string): Promise<Identity | null> => {
    const found = await collection.findOne({ _id: idOf(kind, subject) });
    return found ? toDomain(found) : null;
  };

  const load = createLoader<Sealed>(async (userIds) => {
    const query = { userId: { $in: userIds }, kind: "wechat" as const };
    const found = await collection.find(query, { projection: { userId: 1, sealed: 1 } }).toArray();
    return new Map(found.flatMap(({ userId, sealed }) => (sealed ? [[userId, sealed] as const] : [])));
  });
  // That there is none is kept, too: it is asked for all that somebody writes.
  const openids = createShortCache(async (userId) => ({ sealed: await load(userId) }));

  return {
    find,
    /**
     * Links it to the user, unless it is linked already. Returns it as it stands then: of two who link at once, one
     * does.
     */
    async link({
      kind,
      subject,
      userId,
      sealed = null,
      secret = null,
      temporaryUntil = null,
      keyId = null,
    }: Partial<Identity> & Pick<Identity, "kind" | "subject" | "userId">) {
      try {
        const stored: Stored = { _id: idOf(kind, subject), kind, userId, sealed, secret, temporaryUntil, keyId };
        await collection.insertOne(stored, { writeConcern: durable });
        openids.forget(userId);
        return toDomain(stored);
      } catch (error) {
        const winner = isDuplicateKey(error) ? await find(kind, subject) : null;
        if (winner) return winner;
        throw error;
      }
    },
    /**
     * Changes the password of an account from the hash that was read to another. False: somebody else has changed it
     * meanwhile.
     */
    async setSecret(subject: string, before: string | null, secret: string, temporaryUntil: Date | null) {
      const changed = await collection.updateOne(
        { _id: idOf("account", subject), secret: before },
        { $set: { secret, temporaryUntil } },
        { writeConcern: durable },
      );
      return changed.modifiedCount === 1;
    },
    /** Those that are found by a keyed hash, in order of ids, after one. */
    async hashedAfter(after: string, limit: number): Promise<Identity[]> {
      const query = { _id: { $gt: after }, kind: { $in: ["phone", "wechat"] as IdentityKind[] } };
      return (await collection.find(query).sort({ _id: 1 }).limit(limit).toArray()).map(toDomain);
    },
    /** Whose it is, put right: of a copy whose original was given to another, or is gone (null). */
    async follow({ kind, subject }: Pick<Identity, "kind" | "subject">, userId: string | null): Promise<void> {
      const _id = idOf(kind, subject);
      if (userId === null) await collection.deleteOne({ _id }, { writeConcern: durable });
      else await collection.updateOne({ _id }, { $set: { userId } }, { writeConcern: durable });
    },
    /** Notes by which key it was hashed, and what, where that was not written with it. */
    async describe(
      { kind, subject }: Pick<Identity, "kind" | "subject">,
      keyId: string,
      sealed: Sealed,
    ): Promise<void> {
      await collection.updateOne({ _id: idOf(kind, subject), keyId: null }, { $set: { keyId, sealed } });
    },
    /** Deletes those hashed by a key that is no longer used. */
    async removeHashedBy(keyId: string): Promise<void> {
      await collection.deleteMany({ keyId }, { writeConcern: durable });
    },
    /** Gives every identity of one user to another. */
    async move(fromUserId: string, toUserId: string): Promise<void> {
      await collection.updateMany({ userId: fromUserId }, { $set: { userId: toUserId } }, { writeConcern: durable });
      openids.forget(fromUserId);
      openids.forget(toUserId);
    },
    /** Ends every way in of a user. */
    async removeOf(userId: string): Promise<void> {
      await collection.deleteMany({ userId }, { writeConcern: durable });
      openids.forget(userId);
    },
    /** The sealed openid of a user who is in WeChat, or null; at most 5 s old unless this process changed it. */
    async openidOf(userId: string): Promise<Sealed | null> {
      return (await openids.get(userId))?.sealed ?? null;
    },
    /** In which ways these users log in. */
    async kindsOf(userIds: readonly string[]): Promise<IdentityKind[]> {
      const found = await collection.find({ userId: { $in: [...userIds] } }, { projection: { kind: 1 } }).toArray();
      return [...new Set(found.map(({ kind }) => kind))];
    },
    /** The accounts with a password that lead to a user. */
    async accountsOf(userId: string): Promise<Identity[]> {
      return (await collection.find({ userId, kind: "account" }).sort({ _id: 1 }).toArray()).map(toDomain);
    },
    async has(kind: IdentityKind, userId: string): Promise<boolean> {
      return (await collection.findOne({ userId, kind }, { projection: { _id: 1 } })) !== null;
    },
  };
}
