import type mongoose from "mongoose";
import { createBatcher } from "./batcher.ts";
import { objectId } from "./object-ids.ts";

type ObjectId = mongoose.mongo.ObjectId;

/** Finds a document by its key, in one query with simultaneous look-ups. */
export type Loader<T> = (key: string) => Promise<T | null>;

/**
 * Groups simultaneous reads by key into one query. Nothing is cached: each read happens after its call. A key that
 * `read` does not return gives null.
 */
export function createLoader<T>(read: (keys: string[]) => Promise<ReadonlyMap<string, T>>): Loader<T> {
  return createBatcher<string, T | null>(async (keys) => {
    const found = await read([...new Set(keys)]);
    return keys.map((key) => found.get(key) ?? null);
  });
}

/** Documents of a collection by `_id`, 24 hex digits. Rejects as {@link objectId} does for anything else. */
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
  // The id is parsed first, so that an invalid one fails only its own caller, and upper case is the same id.
  return async (id) => load(objectId(id).toHexString());
}
