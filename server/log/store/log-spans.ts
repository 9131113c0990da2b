import { collectionOf } from "../../kernel/collection.ts";
import type { Connection } from "mongoose";
import mongoose from "mongoose";
import { ignoreDuplicates } from "../../kernel/object-ids.ts";

/** Rows of a segment of a community's log. Stored in rows: changed, it needs a migration. */
export const SEGMENT_ROWS = 2_048;

/** The segment that a position is in. */
export const segmentOf = (pos: number): number => Math.floor(pos / SEGMENT_ROWS);

/** When the earliest and the latest of some rows happened. */
interface TimeHistogram {
  first: Date;
  last: Date;
}

/** Nothing is before it, and nothing after. */
const NEVER: TimeHistogram = { first: new Date(8.64e15), last: new Date(-8.64e15) };

/** A whole segment of a community's log. It never changes. */
interface Span extends TimeHistogram {
  communityId: string;
  segment: number;
}

/** A range of positions, both ends of it inclusive. */
export interface PositionRange {
  from: number;
  to: number;
}

const schema = new mongoose.Schema(
  { _id: String, communityId: { type: String, required: true }, segment: { type: Number, required: true } },
  { collection: "log_spans", versionKey: false, strict: false },
);
schema.index({ communityId: 1, segment: 1 });

/** So many segments of an older log are looked through for one page; the next pages go on. */
const MAX_BATCH_SIZE = 256;

/** What of a row of the log tells where it is. */
interface Placed extends mongoose.mongo.Document {
  communityId: string;
  pos: number;
  at: Date;
}

/**
 * Where in a log a period lies. Rows stand in order of position, and about in order of time: an event that waited in
 * its outbox stands behind later ones. So a page of a period would read every row after it, or sort every row in it.
 * The times of a whole segment never change; they are looked up once, when a period is asked for, and kept.
 */
export function createLogSpans<Row extends Placed>(connection: Connection, log: mongoose.mongo.Collection<Row>) {
  const model = connection.model("LogSpan", schema);
  const collection = collectionOf<Span & { _id: string }>(model);
  /** Of each community the spans from the first segment on, without a gap. */
  const known = new Map<string, Span[]>();
  /** Of each community the rows after its last whole segment, as far as they were looked at. */
  const begun = new Map<string, { upTo: number; times: TimeHistogram }>();

  /** When the earliest and the latest of these rows happened; of none nothing did. */
  async function measure(communityId: string, { from, to }: PositionRange): Promise<TimeHistogram> {
    const ends = { _id: null, first: { $min: "$at" }, last: { $max: "$at" } };
    const match = { communityId, pos: { $gte: from, $lte: to } };
    const [found] = await log.aggregate<TimeHistogram>([{ $match: match }, { $group: ends }]).toArray();
    return found ?? NEVER;
  }

  /** The times of what stands after the last whole segment: only rows that have come since the last look are read. */
  async function beginning(communityId: string, end: number): Promise<TimeHistogram> {
    const start = segmentOf(end) * SEGMENT_ROWS;
    const looked = begun.get(communityId);
    const before = looked && looked.upTo >= start && looked.upTo <= end ? looked : { upTo: start - 1, times: NEVER };
    if (before.upTo === end) return before.times;
    const { first, last } = await measure(communityId, { from: before.upTo + 1, to: end });
    const { times } = before;
    const all = { first: first < times.first ? first : times.first, last: last > times.last ? last : times.last };
    begun.set(communityId, { upTo: end, times: all });
    return all;
  }

  /** Learns the spans of segments before `end`, as far as that is quick. */
  async function learn(communityId: string, end: number): Promise<readonly Span[]> {
    const spans = known.get(communityId) ?? [];
    if (spans.length >= end) return spans;
    const query = { communityId, segment: { $gte: spans.length } };
    const stored = await collection
      .find(query, { projection: { _id: 0 } })
      .sort({ segment: 1 })
      .toArray();
    // Another call may have learnt them meanwhile; two that measure the same find the same.
    const learnt = [...spans];
    for (const span of stored) if (span.segment === learnt.length) learnt.push(span);
    const fresh: Span[] = [];
    for (let n = 0; n < MAX_BATCH_SIZE && learnt.length < end; n++) {
      const segment = learnt.length;
      const positions = { from: segment * SEGMENT_ROWS, to: (segment + 1) * SEGMENT_ROWS - 1 };
      const span = { communityId, segment, ...(await measure(communityId, positions)) };
      learnt.push(span);
      fresh.push(span);
    }
    const documents = fresh.map((span) => ({ _id: `${communityId}:${span.segment}`, ...span }));
    if (documents.length) await ignoreDuplicates(collection.insertMany(documents, { ordered: false }));
    if (learnt.length > (known.get(communityId)?.length ?? 0)) known.set(communityId, learnt);
    return learnt;
  }

  /**
   * Positions outside which no row is of that period (`from` inclusive, `to` exclusive); `end` is the log's last
   * position.
   */
  return async (communityId: string, end: number, { from, to }: { from?: Date; to?: Date }): Promise<PositionRange> => {
    const last = segmentOf(end);
    const spans = await learn(communityId, last);
    const latest = await beginning(communityId, end);
    const within = (segment: number): boolean => {
      const times = segment === last ? latest : spans[segment];
      // What was not looked through yet may hold any time.
      return !times || ((!to || times.first < to) && (!from || times.last >= from));
    };
    let [low, high] = [0, last];
    while (low < last && !within(low)) low++;
    while (high > low && !within(high)) high--;
    return { from: low * SEGMENT_ROWS, to: Math.min(end, (high + 1) * SEGMENT_ROWS - 1) };
  };
}

/** A search looks through so many segments first, and through so many times more with every step. */
const FIRST_SEGMENTS = 1;
const GROWTH = 8;

/**
 * Segments of a range from one end to the other, in parts that become longer: rows with a common word are found in
 * the first, and whether a rare one is said anywhere is known after a few.
 */
export function* wideningRanges({ from, to }: PositionRange, order: "asc" | "desc"): Generator<number[]> {
  let [low, high] = [segmentOf(from), segmentOf(to)];
  for (let length = FIRST_SEGMENTS; from <= to && low <= high; length *= GROWTH) {
    const count = Math.min(length, high - low + 1);
    const first = order === "asc" ? low : high - count + 1;
    yield Array.from({ length: count }, (_, n) => first + n);
    if (order === "asc") low += count;
    else high -= count;
  }
}
