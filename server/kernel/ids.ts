import { createHash, randomBytes } from "node:crypto";

/** A new id in MongoDB's form: 24 hex digits, the first 8 the second of its making, the rest random. */
export const newId = (): string =>
  Math.floor(Date.now() / 1000)
    .toString(16)
    .padStart(8, "0") + randomBytes(8).toString("hex");

/**
 * The id of what an idempotency key creates: 96 bits of SHA-256. Repeating the idempotency key hits the same `_id`,
 * which is unique on every shard, so that 50 submissions with one key make one document without a second index.
 */
export const idFromKey = (key: string): string => createHash("sha256").update(key).digest("hex").slice(0, 24);
