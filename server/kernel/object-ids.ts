import mongoose from "mongoose";

/** The ObjectId of 24 hex digits. Throws for any other text. */
export const objectId = (id: string): mongoose.Types.ObjectId => new mongoose.Types.ObjectId(id);

/** Whether the text is an id: 24 hex digits in lower case. */
export const isObjectId = (id: string): boolean => /^[0-9a-f]{24}$/.test(id);

/** Whether an error is a violation of a unique index; `_id` or another. */
export const isDuplicateKey = (error: unknown): error is { code: 11000; message: string } =>
  typeof error === "object" && error !== null && "code" in error && error.code === 11000;

/** The failure of one part of a bulk write. */
export interface PartFailure {
  code?: number;
  message: string;
}

/**
 * The failed parts of a bulk write by index; all others are written. Rethrows an error that does not name parts. The
 * driver reports a broken connection, a dead engine and a missing majority as a bulk error without parts; then it is
 * unknown which parts were written.
 */
export function partFailures(error: unknown): Map<number, PartFailure> {
  if (!(error instanceof mongoose.mongo.MongoBulkWriteError)) throw error;
  const parts = [error.writeErrors].flat();
  if (!parts.length || error.result.getWriteConcernError()) throw error;
  return new Map(
    parts.map(({ index, code, errmsg }) => [
      index,
      { ...(typeof code === "number" ? { code } : {}), message: errmsg ?? error.message },
    ]),
  );
}

/** Waits for a write whose parts may exist already, also in a later state. Rejects for any other failure. */
export async function ignoreDuplicates(writing: Promise<unknown>): Promise<void> {
  try {
    await writing;
  } catch (error) {
    const failed = error instanceof mongoose.mongo.MongoBulkWriteError ? [...partFailures(error).values()] : [error];
    if (!failed.every(isDuplicateKey)) throw error;
  }
}
