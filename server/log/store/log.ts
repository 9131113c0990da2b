import { collectionOf } from "../../kernel/collection.ts";
import type { Page } from "../../kernel/page.ts";
import type { Connection } from "mongoose";
import mongoose from "mongoose";
import { durable } from "../../kernel/aggregate.ts";
import { decodeLogCursor, encodeCursor } from "../../kernel/cursor.ts";
import type { About } from "../../kernel/event.ts";
import { isDuplicateKey } from "../../kernel/object-ids.ts";
import { type PositionRange, createLogSpans, segmentOf, wideningRanges } from "./log-spans.ts";

/**
 * One row of the service log. `payload` is JSON text and may be erased (null) with its salt: the row's `hash` covers
 * only the envelope and `payloadHash`, so that the chain still verifies. `seal` is `keyId:signature` over the
 * previous seal and `hash`.
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
  /** The aggregate that it is about; absent in rows from before there was such a field. */
  about?: About;
  /** The cadres concerned: who acted, who holds, who held. */
  cadreIds: string[];
  salt: string | null;
  payload: string | null;
  payloadHash: string;
  hash: string;
  seal: string;
  /** {@link segmentOf} its position: keeps rows with a term close in the index. Derived, so not hashed. */
  segment?: number;
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
    about: { type: { kind: String, id: String, no: String }, default: undefined, _id: false },
    cadreIds: [String],
    salt: String,
    payload: String,
    payloadHash: String,
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
const MAX_TIMELINE = 500;

/** So many rows come in one answer: a cursor that goes on costs a connection of the embedded engine. */
const ONE_ANSWER = 10_000;

const withoutTerms = { projection: { terms: 0 } } as const;

type Query = Record<string, unknown>;
type Order = "asc" | "desc";
type Place = Pick<LogRow, "communityId" | "pos">;

function queryOf(filter: LogFilter): Query {
  const { communityIds, personId } = filter;
  const range = { ...(filter.from ? { $gte: filter.from } : {}), ...(filter.to ? { $lt: filter.to } : {}) };
  return {
    communityId: communityIds.length === 1 ? communityIds[0] : { $in: communityIds },
    ...(filter.requestId ? { requestId: filter.requestId } : {}),
    ...(filter.cadreId ? { cadreIds: filter.cadreId } : {}),
    ...(filter.serviceCode ? { serviceCode: filter.serviceCode } : {}),
    ...(filter.type ? { type: filter.type } : {}),
    ...(filter.terms ? { terms: { $all: [...filter.terms] } } : {}),
    ...(filter.types ? { type: { $in: [...filter.types] } } : {}),
    ...(filter.from || filter.to ? { at: range } : {}),
    ...(personId ? { $or: [{ actorId: personId }, { cadreIds: personId }] } : {}),
  };
}

/** What comes after a place in several communities' logs, one behind the other. */
function beyond(query: Query, order: Order, start: Place | null): Query {
  if (!start) return query;
  const { communityId, pos } = start;
  const than = order === "asc" ? "$gt" : "$lt";
  const rest = [{ communityId: { [than]: communityId } }, { communityId, pos: { [than]: pos } }];
  return { $and: [query, { $or: rest }] };
}

/** The service log: append and read. Rows are never changed or deleted; payloads may be erased. */
export function createLogRepository(connection: Connection) {
  const model = connection.model("LogRow", schema);
  const collection = collectionOf<LogRow>(model);
  const spanOf = createLogSpans(connection, collection);

  const tail = (communityId: string): Promise<Pick<LogRow, "pos" | "seal"> | null> =>
    collection.findOne({ communityId }, { sort: { pos: -1 }, projection: { pos: 1, seal: 1 } });

  /**
   * `by` is what the order begins with, beside the position: of all rows the same, or growing with the position. It
   * is of the index to be used: an engine that could walk a whole log in the order that was asked for would, however
   * few rows it is after.
   */
  async function find(query: Query, order: Order, limit: number, by: readonly (keyof LogRow)[]): Promise<LogRow[]> {
    const direction = order === "asc" ? 1 : -1;
    const sort = Object.fromEntries([...by, "pos"].map((key) => [key, direction] as const));
    return collection.find(query, withoutTerms).sort(sort).limit(limit).toArray();
  }

  /** Rows of one community, beyond a position; a period and words narrow what is scanned. */
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
    // Each segment by name, since an index of lists knows no ranges; a bound of the position as an expression, since
    // an engine would take that for the better index.
    const bounds = { $and: [{ $gte: ["$pos", within.from] }, { $lte: ["$pos", within.to] }] };
    const rows: LogRow[] = [];
    for (const segments of wideningRanges(within, order)) {
      const part = { ...query, segment: { $in: segments }, $expr: bounds };
      rows.push(...(await find(part, order, limit - rows.length, ["segment"])));
      if (rows.length >= limit) break;
    }
    return rows;
  }

  /** Rows of several communities, one community behind the other, beyond a place in them. */
  async function findAmong(filter: LogFilter, order: Order, limit: number, start: Place | null): Promise<LogRow[]> {
    const query = beyond(queryOf(filter), order, start);
    return find(query, order, limit, filter.requestId ? ["requestId", "communityId"] : ["communityId"]);
  }

  return {
    /** The last row of a community, or null when it has none. */
    tail,
    /** Which of these events are in the log. */
    async has(eventIds: readonly string[]): Promise<Set<string>> {
      const found = await collection.find({ _id: { $in: [...eventIds] } }, { projection: { _id: 1 } }).toArray();
      return new Set(found.map(({ _id }) => _id));
    },
    /** The rows of these events that are in the log, in no order; `types`: only such. */
    async ofEvents(eventIds: readonly string[], types?: readonly string[]): Promise<LogRow[]> {
      return collection
        .find({ _id: { $in: [...eventIds] }, ...(types ? { type: { $in: [...types] } } : {}) }, withoutTerms)
        .batchSize(ONE_ANSWER)
        .toArray();
    },
    /** In whose log each of these events is; those that are in none are left out. */
    async placesOf(eventIds: readonly string[]): Promise<Map<string, string>> {
      const found = await collection
        .find({ _id: { $in: [...eventIds] } }, { projection: { communityId: 1 } })
        .batchSize(ONE_ANSWER)
        .toArray();
      return new Map(found.map(({ _id, communityId }) => [_id, communityId]));
    },
    /** Appends in order. False: a position or an event was taken by another writer; the rows before it are in. */
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
    /** Everything about one request, in order. */
    async ofRequest(requestId: string): Promise<LogRow[]> {
      return collection.find({ requestId }, withoutTerms).sort({ pos: 1 }).limit(MAX_TIMELINE).toArray();
    },
    /** Everything about these requests, each one's in order. */
    async ofRequests(requestIds: readonly string[]): Promise<LogRow[]> {
      const query = { requestId: { $in: [...requestIds] } };
      return collection.find(query, withoutTerms).sort({ requestId: 1, pos: 1 }).batchSize(ONE_ANSWER).toArray();
    },
    /** Rows that concern these residents as owner, filer or follower, after an event's id. */
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
    async index(rows: readonly { id: string; pos: number; terms: readonly string[] }[]): Promise<void> {
      const operations = rows.map(({ id, pos, terms }) => {
        const update = { $set: { terms: [...terms], segment: segmentOf(pos) } };
        return { updateOne: { filter: { _id: id, payload: { $ne: null } }, update } };
      });
      if (operations.length) await collection.bulkWrite(operations, { ordered: false });
    },
    /** A page in order of position (of each community; of several, by community first). */
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
