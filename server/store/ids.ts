import mongoose from "mongoose";

export const objectId = (id: string): mongoose.Types.ObjectId => new mongoose.Types.ObjectId(id);

export const isObjectId = (id: string): boolean => /^[0-9a-f]{24}$/.test(id);

/** Whether an error is a violation of a unique index; `_id` or another. */
export const isDuplicateKey = (error: unknown): error is { code: 11000; message: string } =>
  typeof error === "object" && error !== null && "code" in error && error.code === 11000;

/** Waits for a bulk write of which every part may be there already, or something later in its place. Rejects for any other reason. */
export async function unlessThere(writing: Promise<unknown>): Promise<void> {
  try {
    await writing;
  } catch (error) {
    const { writeErrors } = error as { writeErrors?: unknown };
    const errors = Array.isArray(writeErrors) ? writeErrors : [writeErrors ?? error];
    if (!errors.every(isDuplicateKey)) throw error;
  }
}

const WRITE_CONFLICT = 112;

/** Another has made the document at this moment: the unique `_id` says so, or the engine that two waited for each other. */
export const isRace = (error: unknown): boolean =>
  isDuplicateKey(error) || (error as { code?: unknown } | null)?.code === WRITE_CONFLICT;
