import type { Connection } from "mongoose";
import mongoose from "mongoose";
import { durable } from "./aggregate.ts";
import { decodeLogCursor, encodeCursor } from "./cursor.ts";
import { isDuplicateKey } from "./ids.ts";
import type { Page } from "./requests.ts";

/**
 * One row of the service log. `payload` is JSON text and may be erased (null) with its salt: the row's `hash` covers only the
 * envelope and `payloadHash`, so that the chain still verifies. `seal` is `keyId:signature` over the previous seal and `hash`.
 */
export interface LogRow {
  /** Event id, `aggregateId:version`. */
  _id: string;
  communityId: string;
  pos: number;
  at: Date;
  type: string;
  requestId: string | null;
  requestNo: string | null;
  serviceCode: string | null;
  actorId: string;
  actorRole: string;
  residentId: string | null;
  handlerId: string | null;
  previousHandlerId: string | null;
  /** The family member who filed it for the resident; absent in rows that have none. */
  filerId?: string;
  /** The organization that is asked to co-handle; absent in rows that have none. */
  organization?: string;
  /** Neighbours who follow the request, where they are told; absent in rows that have none. */
  followerIds?: string[];
  /** The cadres concerned: who acted, who holds, who held. */
  cadreIds: string[];
  salt: string | null;
  payload: string | null;
  payloadHash: string;
  hash: string;
  seal: string;
  /** What it is found by; written, never read. No hash covers it: it can be made anew, and goes with the payload. */
  terms?: string[];
}

const schema = new mongoose.Schema(
  {
    _id: String,
    communityId: { type: String, required: true },
    pos: { type: Number, required: true },
    at: { type: Date, required: true },
    type: { type: String, required: true },
    requestId: String,
    requestNo: String,
    serviceCode: String,
    actorId: String,
    actorRole: String,
    residentId: String,
    handlerId: String,
    previousHandlerId: String,
    filerId: String,
    organization: String,
    followerIds: { type: [String], default: undefined },
    cadreIds: [String],
    salt: String,
    payload: String,
    payloadHash: String,
    hash: String,
    seal: String,
    terms: { type: [String], default: undefined },
  },
  { collection: "service_log", versionKey: false },
);
schema.index({ communityId: 1, pos: 1 }, { unique: true });
schema.index({ requestId: 1, pos: 1 });
schema.index({ residentId: 1, _id: 1 });
schema.index({ filerId: 1, _id: 1 }, { sparse: true });
schema.index({ followerIds: 1, _id: 1 }, { sparse: true });
schema.index({ communityId: 1, cadreIds: 1, pos: 1 });
schema.index({ communityId: 1, serviceCode: 1, pos: 1 });
schema.index({ communityId: 1, type: 1, pos: 1 });
schema.index({ communityId: 1, actorId: 1, pos: 1 });
schema.index({ communityId: 1, at: 1 });
schema.index({ communityId: 1, terms: 1, pos: 1 });

export interface LogFilter {
  communityIds: readonly string[];
  requestId?: string;
  cadreId?: string;
  serviceCode?: string;
  type?: string;
  /** One of these types. */
  types?: readonly string[];
  /** Who did it, or whom it concerns as a member of the staff. */
  personId?: string;
  /** It has every one of these terms. */
  terms?: readonly string[];
  from?: Date;
  to?: Date;
}

/** A request has some dozens of events; this is far above. */
const LONGEST_TIMELINE = 500;

/** So many rows come in one answer: a cursor that goes on costs a connection of the embedded engine. */
const WHOLE = 10_000;

const withoutTerms = { projection: { terms: 0 } } as const;

/** The service log: append and read. Nothing here changes or deletes a row, but for erasing payloads, which the chain allows. */
export function createLogRepository(connection: Connection) {
  const model = connection.model("LogRow", schema);
  const collection = model.collection as unknown as mongoose.mongo.Collection<LogRow>;

  return {
    /** The last row of a community, or null when it has none. */
    async tail(communityId: string): Promise<Pick<LogRow, "pos" | "seal"> | null> {
      return collection.findOne({ communityId }, { sort: { pos: -1 }, projection: { pos: 1, seal: 1 } });
    },
    /** Which of these events are in the log. */
    async has(eventIds: readonly string[]): Promise<Set<string>> {
      const found = await collection.find({ _id: { $in: [...eventIds] } }, { projection: { _id: 1 } }).toArray();
      return new Set(found.map(({ _id }) => _id));
    },
    /** The rows of these events that are in the log, in no order; `types`: only such. */
    async ofEvents(eventIds: readonly string[], types?: readonly string[]): Promise<LogRow[]> {
      return collection
        .find({ _id: { $in: [...eventIds] }, ...(types ? { type: { $in: [...types] } } : {}) }, withoutTerms)
        .batchSize(WHOLE)
        .toArray();
    },
    /** In whose log each of these events is; those that are in none are left out. */
    async placesOf(eventIds: readonly string[]): Promise<Map<string, string>> {
      const found = await collection
        .find({ _id: { $in: [...eventIds] } }, { projection: { communityId: 1 } })
        .batchSize(WHOLE)
        .toArray();
      return new Map(found.map(({ _id, communityId }) => [_id, communityId]));
    },
    /** Appends in order. False: a position or an event was taken by another writer; the rows before it are in. */
    async append(rows: readonly LogRow[]): Promise<boolean> {
      try {
        await collection.insertMany([...rows], { ordered: true, writeConcern: durable });
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
    /** Rows of a community after a position, in order. */
    async after(communityId: string, pos: number, limit: number): Promise<LogRow[]> {
      return collection
        .find({ communityId, pos: { $gt: pos } }, withoutTerms)
        .sort({ pos: 1 })
        .limit(limit)
        .toArray();
    },
    /** Everything about one request, in order. */
    async ofRequest(requestId: string): Promise<LogRow[]> {
      return collection.find({ requestId }, withoutTerms).sort({ pos: 1 }).limit(LONGEST_TIMELINE).toArray();
    },
    /** Everything about these requests, each one's in order. */
    async ofRequests(requestIds: readonly string[]): Promise<LogRow[]> {
      const query = { requestId: { $in: [...requestIds] } };
      return collection.find(query, withoutTerms).sort({ requestId: 1, pos: 1 }).batchSize(WHOLE).toArray();
    },
    /** Rows that concern these residents, what they filed for others or follow, after an event's id, in order of ids. */
    async ofResidents(residentIds: readonly string[], limit: number, after = ""): Promise<LogRow[]> {
      const ids = [...residentIds];
      return collection
        .find(
          {
            $or: [{ residentId: { $in: ids } }, { filerId: { $in: ids } }, { followerIds: { $in: ids } }],
            _id: { $gt: after },
          },
          withoutTerms,
        )
        .sort({ _id: 1 })
        .limit(limit)
        .toArray();
    },
    /** Erases the payloads of these rows for good, and what they were found by. */
    async erase(ids: readonly string[]): Promise<void> {
      const empty = { $set: { payload: null, salt: null }, $unset: { terms: "" as const } };
      await collection.updateMany({ _id: { $in: [...ids] } }, empty, { writeConcern: durable });
    },
    /** Writes what these rows are found by; one whose payload was erased meanwhile has nothing. */
    async index(rows: readonly { id: string; terms: readonly string[] }[]): Promise<void> {
      const operations = rows.map(({ id, terms }) => ({
        updateOne: { filter: { _id: id, payload: { $ne: null } }, update: { $set: { terms: [...terms] } } },
      }));
      if (operations.length) await collection.bulkWrite(operations, { ordered: false });
    },
    /** A page in order of position (of each community; of several, by community first). */
    async list(filter: LogFilter, order: "asc" | "desc", limit: number, cursor?: string): Promise<Page<LogRow>> {
      const direction = order === "asc" ? 1 : -1;
      const beyond = order === "asc" ? "$gt" : "$lt";
      const range = { ...(filter.from ? { $gte: filter.from } : {}), ...(filter.to ? { $lt: filter.to } : {}) };
      const query: Record<string, unknown> = {
        communityId: filter.communityIds.length === 1 ? filter.communityIds[0] : { $in: filter.communityIds },
        ...(filter.requestId ? { requestId: filter.requestId } : {}),
        ...(filter.cadreId ? { cadreIds: filter.cadreId } : {}),
        ...(filter.serviceCode ? { serviceCode: filter.serviceCode } : {}),
        ...(filter.type ? { type: filter.type } : {}),
        ...(filter.terms ? { terms: { $all: [...filter.terms] } } : {}),
        ...(filter.types ? { type: { $in: [...filter.types] } } : {}),
        ...(filter.from || filter.to ? { at: range } : {}),
      };
      const either: Record<string, unknown>[][] = [];
      if (filter.personId) either.push([{ actorId: filter.personId }, { cadreIds: filter.personId }]);
      if (cursor) {
        const { communityId, pos } = decodeLogCursor(cursor);
        // Of one community the position alone says where to go on: a range of the index, however long the log is.
        if (filter.communityIds.length === 1) query["pos"] = { [beyond]: pos };
        else either.push([{ communityId: { [beyond]: communityId } }, { communityId, pos: { [beyond]: pos } }]);
      }
      if (either.length) query["$and"] = either.map((one) => ({ $or: one }));
      const found = await collection
        .find(query, withoutTerms)
        .sort({ communityId: direction, pos: direction })
        .limit(limit + 1)
        .toArray();
      const items = found.slice(0, limit);
      const last = items.at(-1);
      return { items, nextCursor: found.length > limit && last ? encodeCursor([last.communityId, last.pos]) : null };
    },
  };
}
