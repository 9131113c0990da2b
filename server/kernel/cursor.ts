import type mongoose from "mongoose";
import { DomainError } from "./errors.ts";
import { objectId } from "./object-ids.ts";

/** A cursor of a list, opaque to callers: two sort values of the last item. */
export const encodeCursor = (values: readonly [string | number, string | number]): string =>
  Buffer.from(JSON.stringify(values)).toString("base64url");

/** The sort values of a cursor. Throws `cursor.invalid` for a text that `encodeCursor` did not make. */
function decodeCursor(cursor: string): [unknown, unknown] {
  try {
    const values = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")) as unknown;
    if (Array.isArray(values) && values.length === 2) return values as [unknown, unknown];
  } catch {
    // An unreadable text is refused below.
  }
  throw new DomainError("cursor.invalid");
}

/** A cursor of a number (a time in ms, or a queue key) and the text of an id. Throws `cursor.invalid`. */
function decodeNumberCursor(cursor: string): { value: number; id: string } {
  const [value, id] = decodeCursor(cursor);
  // 8.64e15 ms is the limit of a Date.
  if (typeof value !== "number" || Math.abs(value) > 8.64e15 || typeof id !== "string") {
    throw new DomainError("cursor.invalid");
  }
  return { value, id };
}

/** A cursor of a community and a position in its log. Throws `cursor.invalid`. */
export function decodeLogCursor(cursor: string): { communityId: string; pos: number } {
  const [communityId, pos] = decodeCursor(cursor);
  if (typeof communityId !== "string" || typeof pos !== "number") throw new DomainError("cursor.invalid");
  return { communityId, pos };
}

/** A cursor of a number and an ObjectId. Throws `cursor.invalid`. */
export function decodeIdCursor(cursor: string): { value: number; id: ReturnType<typeof objectId> } {
  const { value, id } = decodeNumberCursor(cursor);
  if (!/^[0-9a-f]{24}$/.test(id)) throw new DomainError("cursor.invalid");
  return { value, id: objectId(id) };
}

/** The value at a path such as `registration.registeredAt`. */
const valueAt = (document: unknown, path: string): unknown =>
  path.split(".").reduce((value, key) => (value as Record<string, unknown> | null)?.[key], document);

/**
 * A page of a query's results, newest first: by the time at `path`, then by id. It reads one more than it returns, to
 * know whether there is a next page. `ids`: the type of the collection's ids. Throws `cursor.invalid`.
 */
export async function newestFirst<T extends mongoose.mongo.Document>(
  collection: mongoose.mongo.Collection<T>,
  query: Readonly<Record<string, unknown>>,
  path: string,
  { limit, cursor, ids = "object" }: { limit: number; cursor: string | undefined; ids?: "object" | "text" },
): Promise<{ items: mongoose.mongo.WithId<T>[]; nextCursor: string | null }> {
  const decode = ids === "object" ? decodeIdCursor : decodeNumberCursor;
  const after = cursor ? decode(cursor) : null;
  const before = after && new Date(after.value);
  const beyond = after ? { $or: [{ [path]: { $lt: before } }, { [path]: before, _id: { $lt: after.id } }] } : {};
  const found = await collection
    .find({ ...query, ...beyond } as mongoose.mongo.Filter<T>)
    .sort({ [path]: -1, _id: -1 })
    .limit(limit + 1)
    .toArray();
  const items = found.slice(0, limit);
  const last = items.at(-1);
  const at = valueAt(last, path);
  const more = found.length > limit && last && at instanceof Date;
  return { items, nextCursor: more ? encodeCursor([at.getTime(), String(last["_id"])]) : null };
}
