import { createHash } from "node:crypto";
import mongoose from "mongoose";

/** A new id: 24 hex digits, roughly in order of time. */
export const newId = (): string => new mongoose.Types.ObjectId().toHexString();

/**
 * The id of what an intent creates: 96 bits of SHA-256. Repeating the intent hits the same `_id`, which is unique on every shard,
 * so that 50 submissions with one key make one document without a second index.
 */
export const idOfIntent = (key: string): string => createHash("sha256").update(key).digest("hex").slice(0, 24);

export const objectId = (id: string): mongoose.Types.ObjectId => new mongoose.Types.ObjectId(id);

/** Whether an error is a violation of a unique index; `_id` or another. */
export const isDuplicateKey = (error: unknown): error is { code: 11000; message: string } =>
  typeof error === "object" && error !== null && "code" in error && error.code === 11000;
