import type { Connection } from "mongoose";
import { prepareDatabase } from "../server/core/store/connection.ts";

/** The number of batches written at the same time. The next one is made while the database writes. */
const CONCURRENCY = 4;

/** Writes batches concurrently, in no particular order. Rejects with the first failure. */
export async function writeBatches<T>(batches: Iterable<T>, write: (batch: T) => Promise<unknown>): Promise<void> {
  const iterator = batches[Symbol.iterator]();
  await Promise.all(
    Array.from({ length: CONCURRENCY }, async () => {
      for (let next = iterator.next(); !next.done; next = iterator.next()) await write(next.value);
    }),
  );
}

/**
 * Fills collections without their indexes, then creates the indexes and updates the planner's statistics. A million
 * rows
 * take minutes this way instead of hours.
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
  // An operator does the same after a bulk load. mongod has no such statistics, so its error is ignored.
  await connection.db?.command({ analyze: 1 }).catch(() => undefined);
}
