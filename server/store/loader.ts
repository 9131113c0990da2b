import type mongoose from "mongoose";
import { objectId } from "./ids.ts";

/** Finds a document by its key, together with others that are asked for at the same moment. */
export type Loader<T> = (key: string) => Promise<T | null>;

interface Batch<T> {
  keys: Set<string>;
  found: Promise<ReadonlyMap<string, T>>;
}

/**
 * Reads by key that come while another read is under way wait for it and leave together, as one query: the more there is to do, the less
 * each costs. Nothing is kept: what is read was read after it was asked for. A key that `read` does not give is null.
 */
export function createLoader<T>(read: (keys: string[]) => Promise<ReadonlyMap<string, T>>): Loader<T> {
  let next: Batch<T> | null = null;
  let underWay: Promise<unknown> = Promise.resolve();

  function open(): Batch<T> {
    const keys = new Set<string>();
    const found = Promise.all([underWay, endOfTurn()]).then(() => {
      // From here on others open the next one.
      next = null;
      return read([...keys]);
    });
    underWay = found.catch(() => undefined);
    return { keys, found };
  }

  return async (key) => {
    next ??= open();
    const { keys, found } = next;
    keys.add(key);
    return (await found).get(key) ?? null;
  };
}

/** Whoever is asked in the same turn of the event loop comes along. */
const endOfTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

type ObjectId = mongoose.mongo.ObjectId;

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
