import { collectionOf } from "../../../kernel/collection.ts";
import type { Page } from "../../../kernel/page.ts";
import type { Connection } from "mongoose";
import mongoose from "mongoose";
import { addDays, instantOf } from "../../../core/domain/community/calendar.ts";
import type { Measure, HandlingCycle } from "../domain/handling-cycles.ts";
import { newestFirst } from "../../../kernel/cursor.ts";
import { ignoreDuplicates } from "../../../kernel/object-ids.ts";

/**
 * A stored handling cycle. `version` is that of the request's step up to which it was computed. A save never replaces a
 * newer version by an older one.
 */
type Stored = Omit<HandlingCycle, "id"> & { _id: string; version: number };

const schema = new mongoose.Schema(
  {
    _id: String,
    version: { type: Number, required: true },
    requestId: { type: String, required: true },
    communityId: { type: String, required: true },
    day: { type: String, required: true },
    openedAt: { type: Date, required: true },
    counts: [String],
  },
  { collection: "handling_cycles", versionKey: false, strict: false },
);
schema.index({ requestId: 1 });
schema.index({ communityId: 1, day: 1, _id: 1 });
schema.index({ communityId: 1, counts: 1, openedAt: -1, _id: -1 });
schema.index(
  { acceptedIn: 1, counts: 1, openedAt: -1, _id: -1 },
  { name: "accepted_in", partialFilterExpression: { counts: "acceptedElsewhere" } },
);
schema.index({ cadreId: 1, ratedAt: 1 }, { name: "ratings", partialFilterExpression: { counts: "rated" } });
schema.index(
  { communityId: 1, openedAt: 1 },
  { name: "unfinished", partialFilterExpression: { resolvedAt: null, ended: null } },
);

/** Filters handling cycles by community, the day they were opened (inclusive), service and cadre. */
export interface HandlingCycleFilter {
  communityIds: readonly string[];
  from: string;
  to: string;
  serviceCode?: string | undefined;
  /** Null: those without a handler. */
  cadreId?: string | null | undefined;
}

/**
 * What a list selects: a measure, a deadline missed at `now`, or requests that the counters of these communities
 * accepted for others.
 */
export type HandlingCycleSelection =
  | { measure: Measure }
  | { overdue: "respond" | "resolve"; now: Date }
  | { acceptedHere: true };

/** Older documents have no `acceptedIn` and no `ratedAt`. */
const toDomain = ({ _id, version: _v, ...rest }: Stored): HandlingCycle => ({
  id: _id,
  ...{ acceptedIn: null, ratedAt: null },
  ...rest,
});

const narrow = ({ communityIds, from, to, serviceCode, cadreId }: HandlingCycleFilter): Record<string, unknown> => ({
  communityId: communityIds.length === 1 ? communityIds[0] : { $in: [...communityIds] },
  day: { $gte: from, $lte: to },
  ...(serviceCode ? { serviceCode } : {}),
  ...(cadreId === undefined ? {} : { cadreId }),
});

/** Here the communities are those whose counter accepted the request, not those that handle it. */
const acceptedHere = (filter: HandlingCycleFilter): Record<string, unknown> => {
  const { communityId, ...rest } = narrow(filter);
  return { ...rest, acceptedIn: communityId, counts: "acceptedElsewhere" };
};

const queryOf = (filter: HandlingCycleFilter, of: HandlingCycleSelection): Record<string, unknown> => {
  if ("acceptedHere" in of) return acceptedHere(filter);
  if ("measure" in of) return { ...narrow(filter), counts: of.measure };
  return { ...unfinished(filter), ...overdue(of.overdue, of.now) };
};

const overdue = (which: "respond" | "resolve", now: Date): Record<string, unknown> =>
  which === "respond" ? { respondedAt: null, respondBy: { $lt: now } } : { resolveBy: { $lt: now } };

/**
 * Unfinished cycles, found by the small partial index on them. An engine uses that index only when its conditions are
 * at the top level of the query, not in the branches of an `$or`. The bounds on `openedAt` repeat the days, since the
 * index has `openedAt`; without them every unfinished cycle would be read.
 */
const unfinished = (filter: HandlingCycleFilter): Record<string, unknown> => ({
  ...narrow(filter),
  openedAt: { $gte: instantOf(filter.from, 0), $lt: instantOf(addDays(filter.to, 1), 0) },
  resolvedAt: null,
  ended: null,
});

export type HandlingCycleRepository = ReturnType<typeof createHandlingCycleRepository>;

/** Stores handling cycles, which are computed from the log and from which figures are counted. */
export function createHandlingCycleRepository(connection: Connection) {
  const model = connection.model("HandlingCycle", schema);
  const collection = collectionOf<Stored>(model);

  return {
    /**
     * Saves the handling cycles of requests, each computed up to `version`. Cycles stored with a later version stay.
     */
    async save(made: readonly { cycles: readonly HandlingCycle[]; version: number }[]): Promise<void> {
      const operations = made.flatMap(({ cycles, version }) =>
        cycles.map(({ id, ...cycle }) => ({
          replaceOne: {
            filter: { _id: id, version: { $lte: version } },
            replacement: { ...cycle, version },
            upsert: true,
          },
        })),
      );
      if (operations.length) await ignoreDuplicates(collection.bulkWrite(operations, { ordered: false }));
    },
    async ofRequest(requestId: string): Promise<HandlingCycle[]> {
      return (await collection.find({ requestId }).sort({ _id: 1 }).toArray()).map(toDomain);
    },
    /** The cycles of these requests, with the version up to which each was computed. */
    async ofRequests(requestIds: readonly string[]): Promise<(HandlingCycle & { version: number })[]> {
      const found = await collection.find({ requestId: { $in: [...requestIds] } }).toArray();
      return found.map((stored) => ({ ...toDomain(stored), version: stored.version }));
    },
    /** The ids of the requests that have cycles after a request's id, in order, at most `limit`. */
    async requestIds(after: string, limit: number): Promise<string[]> {
      const found = await collection
        .aggregate<{ _id: string }>([
          { $match: { requestId: { $gt: after } } },
          { $group: { _id: "$requestId" } },
          { $sort: { _id: 1 } },
          { $limit: limit },
        ])
        .toArray();
      return found.map(({ _id }) => _id);
    },
    /** The days on which cycles of a community were opened. */
    async days(communityId: string): Promise<string[]> {
      const found = collection.aggregate<{ _id: string }>([{ $match: { communityId } }, { $group: { _id: "$day" } }]);
      return (await found.toArray()).map(({ _id }) => _id).toSorted();
    },
    async ofDay(communityId: string, day: string): Promise<HandlingCycle[]> {
      return (await collection.find({ communityId, day }).toArray()).map(toDomain);
    },
    /** Unresolved handling cycles with a deadline that has passed at `now`. */
    async overdue(filter: HandlingCycleFilter, now: Date): Promise<HandlingCycle[]> {
      const due = { $or: [overdue("respond", now), overdue("resolve", now)] };
      return (await collection.find({ ...unfinished(filter), ...due }).toArray()).map(toDomain);
    },
    async acceptedHere(filter: HandlingCycleFilter): Promise<HandlingCycle[]> {
      return (await collection.find(acceptedHere(filter)).toArray()).map(toDomain);
    },
    /** The number of a cadre's handling cycles that were rated up to `until`. */
    async countRated(cadreId: string, until: Date): Promise<number> {
      return collection.countDocuments({ cadreId, counts: "rated", ratedAt: { $lte: until } });
    },
    /** A cadre's rated handling cycles, in the order of their ratings, from index `from` on. */
    async rated(cadreId: string, from: number, limit: number): Promise<HandlingCycle[]> {
      const found = collection
        .find({ cadreId, counts: "rated", ratedAt: { $gt: new Date(0) } })
        .sort({ ratedAt: 1, _id: 1 })
        .skip(from)
        .limit(limit);
      return (await found.toArray()).map(toDomain);
    },
    /** A page, newest first. Throws `cursor.invalid`. */
    async list(
      filter: HandlingCycleFilter,
      of: HandlingCycleSelection,
      limit: number,
      cursor?: string,
    ): Promise<Page<HandlingCycle>> {
      const page = await newestFirst(collection, queryOf(filter, of), "openedAt", { limit, cursor, ids: "text" });
      return { ...page, items: page.items.map(toDomain) };
    },
    /** Deletes all, before they are recomputed from the log. */
    async clear(): Promise<void> {
      await collection.deleteMany({});
    },
  };
}
