import mongoose from "mongoose";

/**
 * A value in the form in which it is serialized: dates as ISO 8601, ids as text, keys in order, no undefined fields.
 */
function ordered(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  if (value instanceof mongoose.mongo.ObjectId) return value.toHexString();
  if (Array.isArray(value)) return value.map(ordered);
  if (value === null || typeof value !== "object") return value;
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  return Object.fromEntries(
    fields.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, field]) => [key, ordered(field)]),
  );
}

/**
 * The canonical JSON of a stored value (RFC 8785): equal values give the same text, whatever the order of their
 * fields. Numbers must be finite.
 */
export const canonicalJson = (value: unknown): string => JSON.stringify(ordered(value));
