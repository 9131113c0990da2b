import mongoose from "mongoose";

export const objectId = (id: string): mongoose.Types.ObjectId => new mongoose.Types.ObjectId(id);

export const isObjectId = (id: string): boolean => /^[0-9a-f]{24}$/.test(id);

/** Whether an error is a violation of a unique index; `_id` or another. */
export const isDuplicateKey = (error: unknown): error is { code: 11000; message: string } =>
  typeof error === "object" && error !== null && "code" in error && error.code === 11000;

/** Why a part of a bulk write failed. */
export interface PartFailure {
  code?: number;
  message: string;
}

/**
 * Which parts of a bulk write failed, by their index: all others are written. Rethrows an error that is not about
 * parts. A line that broke, an engine that died and a write that no majority has come from the driver as an error of
 * the bulk that names no part: of none it is known then.
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

/**
 * Waits for a write of which every part may be there already, or something later in its place. Rejects for any other
 * reason.
 */
export async function ignoreDuplicates(writing: Promise<unknown>): Promise<void> {
  try {
    await writing;
  } catch (error) {
    const failed = error instanceof mongoose.mongo.MongoBulkWriteError ? [...partFailures(error).values()] : [error];
    if (!failed.every(isDuplicateKey)) throw error;
  }
}
