import { collectionOf } from "../../../kernel/collection.ts";
import type { Page } from "../../../kernel/page.ts";
import type { Connection } from "mongoose";
import mongoose from "mongoose";
import { addDays, instantOf } from "../../../core/domain/community/calendar.ts";
import type { Measure, HandlingCycle } from "../domain/handling-cycles.ts";
import { newestFirst } from "../../../kernel/cursor.ts";
import { ignoreDuplicates } from "../../../kernel/object-ids.ts";

/**
 * A round as stored. `version` is the request's step up to which it was made: an older reading never replaces a newer
 * one.
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
  { collection: "rounds", versionKey: false, strict: false },
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

/** Which rounds: of communities, opened on these days, that count towards a measure. Days are inclusive. */
export interface HandlingCycleFilter {
  communityIds: readonly string[];
  from: string;
  to: string;
  serviceCode?: string | undefined;
  /** Null: held by nobody. */
  cadreId?: string | null | undefined;
}

/**
 * What a list of rounds may be of: a measure, a deadline that has passed at `now` with nothing done, or what the
 * counters of these communities accepted for others.
 */
export type HandlingCycleSelection =
  | { measure: Measure }
  | { overdue: "respond" | "resolve"; now: Date }
  | { acceptedHere: true };

/** Older rounds do not say where they were accepted, nor when they were rated. */
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

/** What is accepted here for others is narrowed by where it was accepted, not by whose it is. */
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
 * What nobody has finished, found by the small index of just these: the conditions of that index stand by themselves,
 * not in each branch of an `$or`, and the days stand as moments, too, or every round of the period is read.
 */
const unfinished = (filter: HandlingCycleFilter): Record<string, unknown> => ({
  ...narrow(filter),
  openedAt: { $gte: instantOf(filter.from, 0), $lt: instantOf(addDays(filter.to, 1), 0) },
  resolvedAt: null,
  ended: null,
});

export type HandlingCycleRepository = ReturnType<typeof createHandlingCycleRepository>;

/** Rounds: what figures are counted from, made from the log. */
export function createHandlingCycleRepository(connection: Connection) {
  const model = connection.model("Round", schema);
  const collection = collectionOf<Stored>(model);

  return {
    /** Writes the rounds of requests, each as of one of its steps; what is there as of a later step stays. */
    async save(made: readonly { rounds: readonly HandlingCycle[]; version: number }[]): Promise<void> {
      const operations = made.flatMap(({ rounds, version }) =>
        rounds.map(({ id, ...round }) => ({
          replaceOne: {
            filter: { _id: id, version: { $lte: version } },
            replacement: { ...round, version },
            upsert: true,
          },
        })),
      );
      if (operations.length) await ignoreDuplicates(collection.bulkWrite(operations, { ordered: false }));
    },
    async ofRequest(requestId: string): Promise<HandlingCycle[]> {
      return (await collection.find({ requestId }).sort({ _id: 1 }).toArray()).map(toDomain);
    },
    async ofDay(communityId: string, day: string): Promise<HandlingCycle[]> {
      return (await collection.find({ communityId, day }).toArray()).map(toDomain);
    },
    /** Rounds that nobody has resolved though they are due at `now`. */
    async overdue(filter: HandlingCycleFilter, now: Date): Promise<HandlingCycle[]> {
      const due = { $or: [overdue("respond", now), overdue("resolve", now)] };
      return (await collection.find({ ...unfinished(filter), ...due }).toArray()).map(toDomain);
    },
    async acceptedHere(filter: HandlingCycleFilter): Promise<HandlingCycle[]> {
      return (await collection.find(acceptedHere(filter)).toArray()).map(toDomain);
    },
    /** How many of a cadre's rounds were rated up to `until`. */
    async countRated(cadreId: string, until: Date): Promise<number> {
      return collection.countDocuments({ cadreId, counts: "rated", ratedAt: { $lte: until } });
    },
    /** A cadre's rated rounds in the order in which they were rated, from the one of that place on. */
    async rated(cadreId: string, from: number, limit: number): Promise<HandlingCycle[]> {
      const found = collection
        .find({ cadreId, counts: "rated", ratedAt: { $gt: new Date(0) } })
        .sort({ ratedAt: 1, _id: 1 })
        .skip(from)
        .limit(limit);
      return (await found.toArray()).map(toDomain);
    },
    /** Newest first. Throws `cursor.invalid`. */
    async list(
      filter: HandlingCycleFilter,
      of: HandlingCycleSelection,
      limit: number,
      cursor?: string,
    ): Promise<Page<HandlingCycle>> {
      const page = await newestFirst(collection, queryOf(filter, of), "openedAt", { limit, cursor, ids: "text" });
      return { ...page, items: page.items.map(toDomain) };
    },
    /** Forgets all, to be made anew from the log. */
    async clear(): Promise<void> {
      await collection.deleteMany({});
    },
  };
}
