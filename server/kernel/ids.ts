import { createHash, randomBytes } from "node:crypto";

/**
 * A new id in MongoDB's form: 24 hex digits, of which the first 8 are the seconds since the epoch and the rest random.
 */
export const newId = (): string =>
  Math.floor(Date.now() / 1000)
    .toString(16)
    .padStart(8, "0") + randomBytes(8).toString("hex");

/**
 * The id of a document that is created under an idempotency key: 96 bits of SHA-256. A repeated key gives the same
 * `_id`, which is unique on every shard. So 50 submissions with one key create one document without a second index.
 */
export const idFromKey = (key: string): string => createHash("sha256").update(key).digest("hex").slice(0, 24);
