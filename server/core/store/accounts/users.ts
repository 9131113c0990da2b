import { collectionOf } from "../../../kernel/collection.ts";
import type { Page } from "../../../kernel/page.ts";
import type { IdempotencyRecord } from "../../../kernel/idempotency.ts";
import type { DomainEvent } from "../../../kernel/event.ts";
import type { Connection } from "mongoose";
import mongoose from "mongoose";
import {
  type Aggregate,
  aggregateFields,
  durable,
  newAggregate,
  outboxIndex,
  writeStep,
} from "../../../kernel/aggregate.ts";
import { type Erasure, eraseAggregates } from "../../../kernel/erase-aggregates.ts";
import { newestFirst } from "../../../kernel/cursor.ts";
import { loaderById } from "../../../kernel/loader.ts";
import { isDuplicateKey, objectId } from "../../../kernel/object-ids.ts";
import { createShortCache } from "../../../kernel/short-cache.ts";
import { INSTALLATION } from "../../domain/audit/audit.ts";
import { type User, newUserFields } from "../../domain/accounts/user.ts";

const { Mixed } = mongoose.Schema.Types;

const schema = new mongoose.Schema(
  {
    ...aggregateFields,
    name: String,
    phone: String,
    registration: Mixed,
    memberships: { type: [Mixed], default: [] },
    endedPosts: { type: [String], default: [] },
    actingAs: String,
    duty: Mixed,
    largeText: Boolean,
    mergedIds: [String],
    mergedInto: String,
    mergingInto: String,
    closedAt: Date,
    signedOutAt: Date,
    devices: { type: [String], default: [] },
    createdAt: { type: Date, required: true },
  },
  { collection: "users", versionKey: false, minimize: false },
);
schema.index({ "duty.communityId": 1, "duty.until": 1 });
schema.index({ "memberships.communityId": 1, "memberships.role": 1 });
schema.index({ "memberships.communityIds": 1, "memberships.role": 1 });
schema.index({ "registration.communityId": 1, "registration.registeredAt": -1 });
schema.index({ closedAt: 1 }, { partialFilterExpression: { closedAt: { $gt: new Date(0) } }, name: "closed" });
schema.index(...outboxIndex);

/** Fields that older documents lack. */
type Noted = "devices" | "endedPosts";
type Stored = Aggregate &
  Omit<User, "id" | Noted> &
  Partial<Pick<User, Noted>> & {/** Of an account that is being merged, or is: into which one. */};

/** A user with the remembered idempotency records. */
export interface LoadedUser {
  user: User;
  steps: Aggregate["idempotency"];
}

function toDomain({ _id, idempotency: _i, outbox: _o, outboxPartitions: _l, ...rest }: Stored): User {
  return { id: _id.toHexString(), ...rest, devices: rest.devices ?? [], endedPosts: rest.endedPosts ?? [] };
}

/** The filter for holders of a post. Merged accounts are excluded, even if they kept their posts. */
const holding = (post: Record<string, unknown>) => ({ memberships: { $elemMatch: post }, mergedInto: null });

/** The filter for users whose current or last duty is in the community. */
const dutyIn = (communityId: string) => ({ "duty.communityId": communityId, mergedInto: null });

/** People. Changes with an event are steps, saved in one conditional write. Preferences are plain writes. */
export function createUserRepository(connection: Connection) {
  const model = connection.model("User", schema);
  const collection = collectionOf<Stored>(model);
  const steps = collectionOf(model);

  const find = loaderById(collection);
  const shown = createShortCache(async (id) => {
    const found = await find(id);
    return found && toDomain(found);
  });

  return {
    async find(id: string): Promise<User | null> {
      const found = await find(id);
      return found && toDomain(found);
    },
    async load(id: string): Promise<LoadedUser | null> {
      const found = await find(id);
      return found && { user: toDomain(found), steps: found.idempotency };
    },
    /**
     * Users as others see them, without missing ones: at most 5 s old unless this process changed them. Not to be used
     * for decisions.
     */
    async shown(ids: readonly string[]): Promise<User[]> {
      const found = await Promise.all(ids.map((id) => shown.get(id)));
      return found.filter((user) => user !== null);
    },
    async findMany(ids: readonly string[]): Promise<User[]> {
      const found = await Promise.all(ids.map(find));
      return found.filter((user) => user !== null).map(toDomain);
    },
    /** Inserts a user with defaults for missing fields. When the id is taken, returns the user who has it. */
    async create({ id, ...fields }: Partial<Omit<User, "version">>): Promise<User> {
      const _id = id ? objectId(id) : new mongoose.mongo.ObjectId();
      const stored: Stored = { ...newUserFields, createdAt: new Date(), ...fields, _id, ...newAggregate(null, null) };
      try {
        await collection.insertOne(stored, { writeConcern: durable });
        return toDomain(stored);
      } catch (error) {
        const taken = isDuplicateKey(error) ? await collection.findOne({ _id }) : null;
        if (taken) return toDomain(taken);
        throw error;
      }
    },
    /** Saves a decided step. Null when the version has moved; nothing is written then. */
    async saveStep(
      id: string,
      set: Partial<User>,
      event: DomainEvent,
      idempotency: IdempotencyRecord | null,
    ): Promise<User | null> {
      const saved = await writeStep(steps, objectId(id), set, event, idempotency);
      shown.forget(id);
      return saved ? toDomain(saved as Stored) : null;
    },
    /**
     * Writes changes without an event: preferences, the role in use, the verified phone. They are those that the log
     * does not commit to (server/log/store/committed-state.ts). Returns the user after it, or null.
     */
    async update(id: string, set: Partial<Omit<User, "id" | "version">>): Promise<User | null> {
      const saved = await collection.findOneAndUpdate(
        { _id: objectId(id) },
        { $set: set },
        { returnDocument: "after" },
      );
      shown.forget(id);
      return saved ? toDomain(saved) : null;
    },
    /** Empties fields of these accounts, each with an event where there was something to erase. */
    async erase(ids: readonly string[], set: Partial<User>, erasure: Erasure): Promise<void> {
      await eraseAggregates(steps, { _id: { $in: ids.map(objectId) } }, "data.erased", erasure, (document) => {
        const user = toDomain(document as Stored);
        const about = { kind: "user", id: user.id, no: null } as const;
        // The moment of the closing stays as it is.
        return { set: { ...set, closedAt: user.closedAt ?? set.closedAt }, communityId: INSTALLATION, about };
      });
      ids.forEach((id) => shown.forget(id));
    },
    /** Which of these users have closed their accounts. */
    async closedAmong(ids: readonly string[]): Promise<Set<string>> {
      if (!ids.length) return new Set();
      const query = { _id: { $in: ids.map(objectId) }, closedAt: { $ne: null } };
      const found = await collection.find(query, { projection: { _id: 1 } }).toArray();
      return new Set(found.map(({ _id }) => _id.toHexString()));
    },
    /** Accounts that were closed after a moment, in order of closing, with the accounts merged into them. */
    async *closedAfter(after: Date): AsyncGenerator<{ id: string; mergedIds: readonly string[]; closedAt: Date }> {
      const query = { closedAt: { $gt: after } };
      const found = collection.find(query, { projection: { mergedIds: 1, closedAt: 1 } }).sort({ closedAt: 1 });
      for await (const { _id, mergedIds, closedAt } of found)
        yield { id: _id.toHexString(), mergedIds, closedAt: closedAt ?? after };
    },
    /** Whether the user's name card shows the picture. */
    async shows(id: string, fileId: string): Promise<boolean> {
      const query = { _id: objectId(id), "memberships.photoFileId": fileId };
      return (await collection.findOne(query, { projection: { _id: 1 } })) !== null;
    },
    /** The users on duty in the community at `now`, the latest end first. */
    async onDuty(communityId: string, now: Date): Promise<User[]> {
      const found = await collection
        .find({ ...dutyIn(communityId), "duty.until": { $gt: now } })
        .sort({ "duty.until": -1 })
        .toArray();
      return found.map(toDomain);
    },
    /** Users whose last duty in the community has ended without an event in the log. */
    async dutiesOver(communityId: string, now: Date): Promise<User[]> {
      const over = { ...dutyIn(communityId), "duty.until": { $lte: now }, "duty.endRecordedAt": null };
      return (await collection.find(over).toArray()).map(toDomain);
    },
    /** Users whose hand-over notes of the last duty are due to be checked. */
    async notesDue(communityId: string, now: Date): Promise<User[]> {
      const due = { ...dutyIn(communityId), "duty.notesDue": { $lte: now } };
      return (await collection.find(due).toArray()).map(toDomain);
    },
    /** Ids of the holders of that office for the community. */
    async holders(role: "committee" | "supervisor", communityId: string): Promise<string[]> {
      const query = holding({ communityIds: communityId, role });
      const found = await collection.find(query, { projection: { _id: 1 } }).toArray();
      return found.map(({ _id }) => _id.toHexString());
    },
    /** Ids of an organization's people in a community. */
    async ofOrganization(communityId: string, organizationName: string): Promise<string[]> {
      const query = holding({ communityIds: communityId, role: "partner", organizationName });
      const found = await collection.find(query, { projection: { _id: 1 } }).toArray();
      return found.map(({ _id }) => _id.toHexString());
    },
    /** The organizations of communities, with the number of their people in each. */
    async organizations(
      communityIds: readonly string[],
    ): Promise<{ communityId: string; organization: string; people: number }[]> {
      const rows = await collection
        .aggregate<{ _id: { c: string; o: string }; people: number }>([
          { $match: holding({ communityIds: { $in: [...communityIds] }, role: "partner" }) },
          { $unwind: "$memberships" },
          { $match: { "memberships.role": "partner", "memberships.organizationName": { $ne: null } } },
          { $unwind: "$memberships.communityIds" },
          { $match: { "memberships.communityIds": { $in: [...communityIds] } } },
          {
            $group: {
              _id: { c: "$memberships.communityIds", o: "$memberships.organizationName" },
              people: { $sum: 1 },
            },
          },
        ])
        .toArray();
      return rows.map(({ _id, people }) => ({ communityId: _id.c, organization: _id.o, people }));
    },
    /** All holders of a post in the community: cadres, partners and the committee. */
    async staffOf(communityId: string): Promise<User[]> {
      const query = holding({ communityIds: communityId, role: { $in: ["cadre", "partner", "committee"] } });
      const found = await collection.find(query).sort({ _id: 1 }).toArray();
      return found.map(toDomain);
    },
    async cadresOf(communityId: string): Promise<User[]> {
      const found = await collection
        .find(holding({ communityId, role: "cadre" }))
        .sort({ _id: 1 })
        .toArray();
      return found.map(toDomain);
    },
    /** The residents registered in a building. */
    async livingIn(communityId: string, building: string): Promise<User[]> {
      const query = { "registration.communityId": communityId, "registration.building": building, mergedInto: null };
      return (await collection.find(query).toArray()).map(toDomain);
    },
    /** Registered residents of communities, newest first. `confirmed` filters by whether the home is confirmed. */
    async residents(
      communityIds: readonly string[],
      confirmed: boolean | undefined,
      limit: number,
      cursor?: string,
    ): Promise<Page<User>> {
      const query: Record<string, unknown> = {
        "registration.communityId": { $in: [...communityIds] },
        mergedInto: null,
      };
      if (confirmed !== undefined) query["registration.confirmedAt"] = confirmed ? { $ne: null } : null;
      const page = await newestFirst(collection, query, "registration.registeredAt", { limit, cursor });
      return { ...page, items: page.items.map(toDomain) };
    },
  };
}
