import { DomainError } from "../domain/errors.ts";
import { objectId } from "./ids.ts";

/** A place in a list, opaque to callers: the sort values of the last item, two of them. */
export const encodeCursor = (values: readonly [string | number, string | number]): string =>
  Buffer.from(JSON.stringify(values)).toString("base64url");

/** The sort values of a cursor. Throws `cursor.invalid` for anything that `encodeCursor` did not make. */
export function decodeCursor(cursor: string): [unknown, unknown] {
  try {
    const values = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")) as unknown;
    if (Array.isArray(values) && values.length === 2) return values as [unknown, unknown];
  } catch {
    // Falls through to the refusal.
  }
  throw new DomainError("cursor.invalid");
}

/** A cursor of a number (a time in ms, a place in the queue) and an id. Throws `cursor.invalid`. */
export function decodeIdCursor(cursor: string): { value: number; id: ReturnType<typeof objectId> } {
  const [value, id] = decodeCursor(cursor);
  // 8.64e15 ms is as far as a Date goes.
  if (typeof value !== "number" || Math.abs(value) > 8.64e15 || typeof id !== "string" || !/^[0-9a-f]{24}$/.test(id)) {
    throw new DomainError("cursor.invalid");
  }
  return { value, id: objectId(id) };
}
