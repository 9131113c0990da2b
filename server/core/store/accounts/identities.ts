import { collectionOf } from "../../../kernel/collection.ts";
import type { Connection } from "mongoose";
import mongoose from "mongoose";
import type { Sealed } from "../../domain/requests/request-content.ts";
import type { PendingFactor, SecondFactor } from "../../domain/accounts/second-factor.ts";
import { durable } from "../../../kernel/aggregate.ts";
import { isDuplicateKey } from "../../../kernel/object-ids.ts";
import { createLoader } from "../../../kernel/loader.ts";
import { createShortCache } from "../../../kernel/short-cache.ts";

export type IdentityKind = "wechat" | "phone" | "account";

/** One way to log in: a WeChat openid, a verified phone, or an account with a password. A user can have several. */
export interface Identity {
  kind: IdentityKind;
  /** A keyed hash of the openid or phone, or the account in lower case. Unique within its kind. */
  subject: string;
  userId: string;
  /**
   * The openid or phone, encrypted, to send messages to it and to hash it with another key. Null for accounts and for
   * phones stored before this field.
   */
  sealed: Sealed | null;
  /** The id of the key that hashed `subject`; null for accounts and for documents stored before this field. */
  keyId: string | null;
  /** Hash of an account's password; null for the other kinds. */
  secret: string | null;
  /** Until when a one-time password is valid, which can only be replaced by an own one. Null for an own password. */
  temporaryUntil: Date | null;
  /** The account's second factor (written by `second-factors.ts`); null without one. */
  factor: SecondFactor | null;
  /** A second factor whose first code is not verified yet. */
  pendingFactor: PendingFactor | null;
}

/** Fields that older documents lack. */
type Later = Pick<Identity, "temporaryUntil" | "keyId" | "factor" | "pendingFactor">;

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
    pendingFactor: mongoose.Schema.Types.Mixed,
  },
  { collection: "identities", versionKey: false },
);
schema.index({ userId: 1 });

const toDomain = ({ _id, kind, ...rest }: Stored): Identity => ({
  temporaryUntil: null,
  keyId: null,
  factor: null,
  pendingFactor: null,
  ...rest,
  kind,
  subject: _id.slice(kind.length + 1),
});

/** The identities by which people log in. */
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
  // A missing openid is cached, too, since the content check asks for it with every text.
  const openids = createShortCache(async (userId) => ({ sealed: await load(userId) }));

  return {
    find,
    /**
     * Links the identity to the user unless it is linked already, and returns it as stored. Of two simultaneous calls
     * one wins.
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
    /** Replaces an account's password hash if it still is `before`. False when it has changed meanwhile. */
    async setSecret(subject: string, before: string | null, secret: string, temporaryUntil: Date | null) {
      const changed = await collection.updateOne(
        { _id: idOf("account", subject), secret: before },
        { $set: { secret, temporaryUntil } },
        { writeConcern: durable },
      );
      return changed.modifiedCount === 1;
    },
    /** Identities with a keyed hash, in order of ids, after an id. */
    async hashedAfter(after: string, limit: number): Promise<Identity[]> {
      const query = { _id: { $gt: after }, kind: { $in: ["phone", "wechat"] as IdentityKind[] } };
      return (await collection.find(query).sort({ _id: 1 }).limit(limit).toArray()).map(toDomain);
    },
    /**
     * Corrects the user of a copy whose original was given to another user, or deletes it when the original is gone
     * (null).
     */
    async follow({ kind, subject }: Pick<Identity, "kind" | "subject">, userId: string | null): Promise<void> {
      const _id = idOf(kind, subject);
      if (userId === null) await collection.deleteOne({ _id }, { writeConcern: durable });
      else await collection.updateOne({ _id }, { $set: { userId } }, { writeConcern: durable });
    },
    /** Stores the key id and the sealed value of an identity that was stored without them. */
    async describe(
      { kind, subject }: Pick<Identity, "kind" | "subject">,
      keyId: string,
      sealed: Sealed,
    ): Promise<void> {
      await collection.updateOne({ _id: idOf(kind, subject), keyId: null }, { $set: { keyId, sealed } });
    },
    /** Deletes the identities that were hashed by a retired key. */
    async removeHashedBy(keyId: string): Promise<void> {
      await collection.deleteMany({ keyId }, { writeConcern: durable });
    },
    /** Moves all identities of one user to another. */
    async move(fromUserId: string, toUserId: string): Promise<void> {
      await collection.updateMany({ userId: fromUserId }, { $set: { userId: toUserId } }, { writeConcern: durable });
      openids.forget(fromUserId);
      openids.forget(toUserId);
    },
    /** Deletes all identities of a user. */
    async removeOf(userId: string): Promise<void> {
      await collection.deleteMany({ userId }, { writeConcern: durable });
      openids.forget(userId);
    },
    /** The sealed openid of a user, or null; at most 5 s old unless this process changed it. */
    async openidOf(userId: string): Promise<Sealed | null> {
      return (await openids.get(userId))?.sealed ?? null;
    },
    /** The kinds of identities that these users have. */
    async kindsOf(userIds: readonly string[]): Promise<IdentityKind[]> {
      const found = await collection.find({ userId: { $in: [...userIds] } }, { projection: { kind: 1 } }).toArray();
      return [...new Set(found.map(({ kind }) => kind))];
    },
    /** The password accounts of a user. */
    async accountsOf(userId: string): Promise<Identity[]> {
      return (await collection.find({ userId, kind: "account" }).sort({ _id: 1 }).toArray()).map(toDomain);
    },
    async has(kind: IdentityKind, userId: string): Promise<boolean> {
      return (await collection.findOne({ userId, kind }, { projection: { _id: 1 } })) !== null;
    },
  };
}
