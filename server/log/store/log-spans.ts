import { collectionOf } from "../../kernel/collection.ts";
import type { Connection } from "mongoose";
import mongoose from "mongoose";
import { ignoreDuplicates } from "../../kernel/object-ids.ts";

/** Rows in a segment of a community's log. The segment is stored in each row, so a change needs a migration. */
export const SEGMENT_ROWS = 2_048;

/** The segment of a position. */
export const segmentOf = (pos: number): number => Math.floor(pos / SEGMENT_ROWS);

/** The earliest and the latest time among some rows. */
interface TimeSpan {
  first: Date;
  last: Date;
}

/** An empty period: every time is before `first` and after `last`. */
const NEVER: TimeSpan = { first: new Date(8.64e15), last: new Date(-8.64e15) };

/** The times of a complete segment of a community's log. They never change. */
interface Span extends TimeSpan {
  communityId: string;
  segment: number;
}

/** A range of positions, both ends inclusive. */
export interface PositionRange {
  from: number;
  to: number;
}

const schema = new mongoose.Schema(
  { _id: String, communityId: { type: String, required: true }, segment: { type: Number, required: true } },
  { collection: "log_spans", versionKey: false, strict: false },
);
schema.index({ communityId: 1, segment: 1 });

/** At most so many segments are measured for one page. Later pages continue. */
const MAX_BATCH_SIZE = 256;

/** The fields of a row that this file reads. */
interface Placed extends mongoose.mongo.Document {
  communityId: string;
  pos: number;
  at: Date;
}

/**
 * Finds the positions of a period in a log. Rows are ordered by position and only roughly by time, since an event that
 * waited in its outbox comes after later ones. Without spans, a page of a period would read every row after it or sort
 * every row in it. The times of a complete segment never change, so they are measured once, when a period is asked for,
 * and stored.
 */
export function createLogSpans<Row extends Placed>(connection: Connection, log: mongoose.mongo.Collection<Row>) {
  const model = connection.model("LogSpan", schema);
  const collection = collectionOf<Span & { _id: string }>(model);
  /** By community, the spans from the first segment on, without gaps. */
  const known = new Map<string, Span[]>();
  /** By community, the times of the rows after the last complete segment, up to position `upTo`. */
  const begun = new Map<string, { upTo: number; times: TimeSpan }>();

  /** The times of the rows in a range; {@link NEVER} when it has none. */
  async function measure(communityId: string, { from, to }: PositionRange): Promise<TimeSpan> {
    const ends = { _id: null, first: { $min: "$at" }, last: { $max: "$at" } };
    const match = { communityId, pos: { $gte: from, $lte: to } };
    const [found] = await log.aggregate<TimeSpan>([{ $match: match }, { $group: ends }]).toArray();
    return found ?? NEVER;
  }

  /** The times of the rows after the last complete segment. Only rows since the last call are read. */
  async function beginning(communityId: string, end: number): Promise<TimeSpan> {
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

  /** The spans of the segments before `end`, or as many of them as one call measures. */
  async function learn(communityId: string, end: number): Promise<readonly Span[]> {
    const spans = known.get(communityId) ?? [];
    if (spans.length >= end) return spans;
    const query = { communityId, segment: { $gte: spans.length } };
    const stored = await collection
      .find(query, { projection: { _id: 0 } })
      .sort({ segment: 1 })
      .toArray();
    // Another call may have measured them at the same time. Both find the same values.
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
   * The range of positions outside which no row is of the period (`from` inclusive, `to` exclusive). `end` is the log's
   * last position.
   */
  return async (communityId: string, end: number, { from, to }: { from?: Date; to?: Date }): Promise<PositionRange> => {
    const last = segmentOf(end);
    const spans = await learn(communityId, last);
    const latest = await beginning(communityId, end);
    const within = (segment: number): boolean => {
      const times = segment === last ? latest : spans[segment];
      // A segment without a span may hold any time.
      return !times || ((!to || times.first < to) && (!from || times.last >= from));
    };
    let [low, high] = [0, last];
    while (low < last && !within(low)) low++;
    while (high > low && !within(high)) high--;
    return { from: low * SEGMENT_ROWS, to: Math.min(end, (high + 1) * SEGMENT_ROWS - 1) };
  };
}

/** The number of segments in the first part of a search, and the factor by which each further part grows. */
const FIRST_SEGMENTS = 1;
const GROWTH = 8;

/**
 * The segments of a range from one end to the other, in parts of growing length. A common word is found in the first
 * part, and the search for a rare one needs few parts.
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
