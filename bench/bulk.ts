import type { Connection } from "mongoose";
import { prepareDatabase } from "../server/core/store/connection.ts";

/** Batches that may be on their way at once: the database writes one while the next is made. */
const CONCURRENCY = 4;

/** Hands batches to `write`, some at once and in no order. Rejects with the first that failed. */
export async function writeBatches<T>(batches: Iterable<T>, write: (batch: T) => Promise<unknown>): Promise<void> {
  const iterator = batches[Symbol.iterator]();
  await Promise.all(
    Array.from({ length: CONCURRENCY }, async () => {
      for (let next = iterator.next(); !next.done; next = iterator.next()) await write(next.value);
    }),
  );
}

/**
 * Fills collections without their indexes, makes these at once afterwards, and lets the planner know what is there. A
 * million rows take minutes so, and hours row by row.
 */
export async function inBulk(
  connection: Connection,
  collections: readonly string[],
  fill: () => Promise<void>,
): Promise<void> {
  for (const name of collections) {
    const collection = connection.collection(name);
    for (const { name: index = "" } of await collection.indexes())
      if (index !== "_id_") await collection.dropIndex(index);
  }
  await fill();
  await prepareDatabase(connection);
  // As an operator does after a bulk load; a mongod keeps no such figures.
  await connection.db?.command({ analyze: 1 }).catch(() => undefined);
}
