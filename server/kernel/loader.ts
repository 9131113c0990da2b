import type mongoose from "mongoose";
import { createBatcher } from "./batcher.ts";
import { objectId } from "./object-ids.ts";

type ObjectId = mongoose.mongo.ObjectId;

/** Finds a document by its key, together with others that are asked for at the same moment. */
export type Loader<T> = (key: string) => Promise<T | null>;

/**
 * Reads by key that leave together as one query. Nothing is kept: what is read was read after it was asked for. A key that `read` does
 * not give is null.
 */
export function createLoader<T>(read: (keys: string[]) => Promise<ReadonlyMap<string, T>>): Loader<T> {
  return createBatcher<string, T | null>(async (keys) => {
    const found = await read([...new Set(keys)]);
    return keys.map((key) => found.get(key) ?? null);
  });
}

/** Documents of a collection by their `_id`, 24 hex digits; rejects as {@link objectId} does for anything else. */
export function loaderById<T extends { _id: ObjectId }>(collection: mongoose.mongo.Collection<T>): Loader<T> {
  const load = createLoader<T>(async (keys) => {
    const ids = keys.map(objectId);
    const query = { _id: ids.length === 1 ? ids[0] : { $in: ids } } as mongoose.mongo.Filter<T>;
    const found = (await collection
      .find(query)
      .batchSize(ids.length + 1)
      .toArray()) as T[];
    return new Map(found.map((document) => [document._id.toHexString(), document]));
  });
  // One that is no id is its caller's fault only, and one in capitals is the same.
  return async (id) => load(objectId(id).toHexString());
}
