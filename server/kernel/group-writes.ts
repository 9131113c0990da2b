import type mongoose from "mongoose";
import { durable } from "./aggregate.ts";
import { createBatcher } from "./batcher.ts";
import { type PartFailure, isDuplicateKey, partFailures } from "./object-ids.ts";

type ObjectId = mongoose.mongo.ObjectId;
type Document = mongoose.mongo.Document;

/** An update of one document on the condition that it still has that version. */
export interface ConditionalWrite {
  id: ObjectId;
  version: number;
  update: Document;
}

/** The failure of one document in the form in which the driver throws it for a single write. */
const asError = (failure: PartFailure): Error => Object.assign(new Error(failure.message), failure);

/**
 * Conditional writes of one collection. Simultaneous writes are sent as one command, each with its own condition and
 * result: true when it was written, false when the version has moved.
 *
 * A bulk of updates reports how many matched, but not which. So each is an upsert: one that matches nothing tries to
 * insert its `_id`, which exists, and the duplicate-key error names it.
 */
export function createGroupWriter(
  collection: mongoose.mongo.Collection<Document>,
): (write: ConditionalWrite) => Promise<boolean> {
  async function writeOne({ id, version, update }: ConditionalWrite): Promise<boolean> {
    const { matchedCount } = await collection.updateOne({ _id: id, version }, update, { writeConcern: durable });
    return matchedCount === 1;
  }

  async function writeAll(writes: readonly ConditionalWrite[]): Promise<(boolean | Error)[]> {
    const operations = writes.map(({ id, version, update }) => ({
      updateOne: { filter: { _id: id, version }, update, upsert: true },
    }));
    let failed: ReadonlyMap<number, PartFailure> = new Map();
    let inserted: Readonly<Record<number, unknown>> = {};
    try {
      ({ upsertedIds: inserted } = await collection.bulkWrite(operations, { ordered: false, writeConcern: durable }));
    } catch (error) {
      failed = partFailures(error);
      inserted = (error as mongoose.mongo.MongoBulkWriteError).result.upsertedIds;
    }
    // Removes documents that an upsert inserted. This needs an aggregate that does not exist, and aggregates are never
    // deleted.
    const strays = Object.keys(inserted).map((n) => writes[Number(n)]?.id);
    if (strays.length) await collection.deleteMany({ _id: { $in: strays as never[] } }, { writeConcern: durable });
    return writes.map((_, n) => {
      const error = failed.get(n);
      if (!error) return !(n in inserted);
      return isDuplicateKey(error) ? false : asError(error);
    });
  }

  return createBatcher<ConditionalWrite, boolean>(async (writes) => {
    // Among writes to the same document, the first with the newest version is sent. The others have lost: their version
    // has moved, or this write moves it.
    const chosenOf = new Map<string, number>();
    for (const [n, { id, version }] of writes.entries()) {
      const rival = writes[chosenOf.get(id.toHexString()) ?? n];
      if (!chosenOf.has(id.toHexString()) || (rival && version > rival.version)) chosenOf.set(id.toHexString(), n);
    }
    const outcomes = writes.map((): boolean | Error => false);
    // The ids are sorted, so that two commands with the same documents do not wait for each other.
    const chosen = [...chosenOf].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, n]) => n);
    const batch = chosen.map((n) => writes[n] as ConditionalWrite);
    const done = batch.length === 1 ? [await writeOne(batch[0] as ConditionalWrite)] : await writeAll(batch);
    for (const [k, n] of chosen.entries()) outcomes[n] = done[k] ?? false;
    return outcomes;
  });
}

/**
 * Durable inserts of one collection. Simultaneous inserts are sent as one command. Rejects for each document
 * separately, with `code` 11000 when it exists.
 */
export function createGroupInserter(
  collection: mongoose.mongo.Collection<Document>,
): (document: Document) => Promise<void> {
  return createBatcher<Document, void>(async (documents) => {
    let failed: ReadonlyMap<number, PartFailure> = new Map();
    try {
      await collection.insertMany([...documents], { ordered: false, writeConcern: durable });
    } catch (error) {
      failed = partFailures(error);
    }
    return documents.map((_, n) => {
      const error = failed.get(n);
      return error && asError(error);
    });
  });
}
