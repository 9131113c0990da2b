import { collectionOf } from "../../kernel/collection.ts";
import type { Page } from "../../kernel/page.ts";
import type { Connection } from "mongoose";
import mongoose from "mongoose";
import { durable } from "../../kernel/aggregate.ts";
import { decodeLogCursor, encodeCursor } from "../../kernel/cursor.ts";
import { isDuplicateKey } from "../../kernel/object-ids.ts";
import type { LogRow } from "./log-row.ts";
import { type LogFilter, type Order, type Place, type Query, beyond, queryOf } from "./log-filter.ts";
import { type PositionRange, createLogSpans, segmentOf, wideningRanges } from "./log-spans.ts";

/** The commitment of a row to the state of its aggregate. */
export type StateCommitment = Pick<LogRow, "communityId" | "state" | "stateSalt" | "algorithm">;

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
    about: { type: { kind: String, id: String, no: String }, default: undefined, _id: false },
    cadreIds: [String],
    salt: String,
    payload: String,
    payloadHash: String,
    state: String,
    stateSalt: String,
    algorithm: String,
    hash: String,
    seal: String,
    segment: Number,
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
schema.index({ communityId: 1, terms: 1, segment: 1 });

/** Far above the number of events that a request has, which is some dozens. */
const MAX_TIMELINE = 500;

/** Batch size that returns all rows in one reply. Each open cursor costs a connection of the embedded engine. */
const ONE_ANSWER = 10_000;

const withoutTerms = { projection: { terms: 0 } } as const;

/** Appends to and reads the service log. Rows are never changed or deleted. Only payloads may be erased. */
export function createLogRepository(connection: Connection) {
  const model = connection.model("LogRow", schema);
  const collection = collectionOf<LogRow>(model);
  const spanOf = createLogSpans(connection, collection);

  const tail = (communityId: string): Promise<Pick<LogRow, "pos" | "seal"> | null> =>
    collection.findOne({ communityId }, { sort: { pos: -1 }, projection: { pos: 1, seal: 1 } });

  /**
   * `by` has the leading sort fields, before the position. They are those of the index that should be used, and either
   * equal in all rows or growing with the position. Without them an engine may walk the whole log in the requested
   * order to find a few rows.
   */
  async function find(query: Query, order: Order, limit: number, by: readonly (keyof LogRow)[]): Promise<LogRow[]> {
    const direction = order === "asc" ? 1 : -1;
    const sort = Object.fromEntries([...by, "pos"].map((key) => [key, direction] as const));
    return collection.find(query, withoutTerms).sort(sort).limit(limit).toArray();
  }

  /** Rows of one community after the position `start`. A period and terms limit the positions that are scanned. */
  async function findOf(
    communityId: string,
    filter: LogFilter,
    order: Order,
    limit: number,
    start: number | undefined,
  ): Promise<LogRow[]> {
    const query = queryOf(filter);
    if (filter.requestId || (!filter.from && !filter.to && !filter.terms)) {
      if (start !== undefined) query["pos"] = order === "asc" ? { $gt: start } : { $lt: start };
      return find(query, order, limit, [filter.requestId ? "requestId" : "communityId"]);
    }
    const within: PositionRange = { from: 0, to: (await tail(communityId))?.pos ?? 0 };
    if (filter.from || filter.to) Object.assign(within, await spanOf(communityId, within.to, filter));
    if (start !== undefined && order === "asc") within.from = Math.max(within.from, start + 1);
    if (start !== undefined && order === "desc") within.to = Math.min(within.to, start - 1);
    if (!filter.terms)
      return find({ ...query, pos: { $gte: within.from, $lte: within.to } }, order, limit, ["communityId"]);
    // Segments are listed one by one, since an index on arrays does not support ranges. The position bound is an
    // expression, since otherwise an engine would prefer the index on the position.
    const bounds = { $and: [{ $gte: ["$pos", within.from] }, { $lte: ["$pos", within.to] }] };
    const rows: LogRow[] = [];
    for (const segments of wideningRanges(within, order)) {
      const part = { ...query, segment: { $in: segments }, $expr: bounds };
      rows.push(...(await find(part, order, limit - rows.length, ["segment"])));
      if (rows.length >= limit) break;
    }
    return rows;
  }

  /** Rows of several communities, ordered by community, after a place. */
  async function findAmong(filter: LogFilter, order: Order, limit: number, start: Place | null): Promise<LogRow[]> {
    const query = beyond(queryOf(filter), order, start);
    return find(query, order, limit, filter.requestId ? ["requestId", "communityId"] : ["communityId"]);
  }

  return {
    /** The last row of a community; null when it has none. */
    tail,
    /** The ids of those events that are in the log. */
    async has(eventIds: readonly string[]): Promise<Set<string>> {
      const found = await collection.find({ _id: { $in: [...eventIds] } }, { projection: { _id: 1 } }).toArray();
      return new Set(found.map(({ _id }) => _id));
    },
    /** The rows of these events, unordered. `types` restricts their types. */
    async ofEvents(eventIds: readonly string[], types?: readonly string[]): Promise<LogRow[]> {
      return collection
        .find({ _id: { $in: [...eventIds] }, ...(types ? { type: { $in: [...types] } } : {}) }, withoutTerms)
        .batchSize(ONE_ANSWER)
        .toArray();
    },
    /** The commitments of these events to the states of their aggregates, by event id. */
    async statesOf(eventIds: readonly string[]): Promise<Map<string, StateCommitment>> {
      const found = await collection
        .find({ _id: { $in: [...eventIds] } }, { projection: { communityId: 1, state: 1, stateSalt: 1, algorithm: 1 } })
        .batchSize(ONE_ANSWER)
        .toArray();
      return new Map(found.map(({ _id, ...commitment }) => [_id, commitment]));
    },
    /** The community whose log has each of these events, by event id. Events that are in no log are left out. */
    async placesOf(eventIds: readonly string[]): Promise<Map<string, string>> {
      const found = await collection
        .find({ _id: { $in: [...eventIds] } }, { projection: { communityId: 1 } })
        .batchSize(ONE_ANSWER)
        .toArray();
      return new Map(found.map(({ _id, communityId }) => [_id, communityId]));
    },
    /** Appends in order. False: another writer took a position or an event; the rows before it were written. */
    async append(rows: readonly LogRow[]): Promise<boolean> {
      try {
        await collection.insertMany(
          rows.map((row) => ({ ...row, segment: segmentOf(row.pos) })),
          { ordered: true, writeConcern: durable },
        );
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
    /** The events of erasures in a community's log. */
    async erasures(communityId: string): Promise<LogRow[]> {
      const query = { communityId, type: "log.erased" };
      return collection.find(query, withoutTerms).sort({ pos: 1 }).batchSize(ONE_ANSWER).toArray();
    },
    /** All rows of a request, in order. */
    async ofRequest(requestId: string): Promise<LogRow[]> {
      return collection.find({ requestId }, withoutTerms).sort({ pos: 1 }).limit(MAX_TIMELINE).toArray();
    },
    /** All rows of these requests, ordered by request and position. */
    async ofRequests(requestIds: readonly string[]): Promise<LogRow[]> {
      const query = { requestId: { $in: [...requestIds] } };
      return collection.find(query, withoutTerms).sort({ requestId: 1, pos: 1 }).batchSize(ONE_ANSWER).toArray();
    },
    /** Rows that concern these residents as owner, filer or follower, ordered by event id, after the id `after`. */
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
    /** Erases the payloads and search terms of these rows for good. */
    async erase(ids: readonly string[]): Promise<void> {
      const empty = { $set: { payload: null, salt: null }, $unset: { terms: "" as const } };
      await collection.updateMany({ _id: { $in: [...ids] } }, empty, { writeConcern: durable });
    },
    /** Erases the salts of these rows' commitments to states, which can no longer be verified then. */
    async eraseStateSalts(ids: readonly string[]): Promise<void> {
      const query = { _id: { $in: [...ids] }, stateSalt: { $exists: true } };
      await collection.updateMany(query, { $set: { stateSalt: null } }, { writeConcern: durable });
    },
    /** Writes search terms of rows. Rows whose payload was erased meanwhile are skipped. */
    async index(rows: readonly { id: string; pos: number; terms: readonly string[] }[]): Promise<void> {
      const operations = rows.map(({ id, pos, terms }) => {
        const update = { $set: { terms: [...terms], segment: segmentOf(pos) } };
        return { updateOne: { filter: { _id: id, payload: { $ne: null } }, update } };
      });
      if (operations.length) await collection.bulkWrite(operations, { ordered: false });
    },
    /** A page ordered by position; for several communities by community first. Throws `cursor.invalid`. */
    async list(filter: LogFilter, order: "asc" | "desc", limit: number, cursor?: string): Promise<Page<LogRow>> {
      const start = cursor === undefined ? null : decodeLogCursor(cursor);
      const [communityId, ...others] = filter.communityIds;
      const found =
        communityId === undefined || others.length
          ? await findAmong(filter, order, limit + 1, start)
          : await findOf(communityId, filter, order, limit + 1, start?.pos);
      const items = found.slice(0, limit);
      const last = items.at(-1);
      return { items, nextCursor: found.length > limit && last ? encodeCursor([last.communityId, last.pos]) : null };
    },
  };
}
