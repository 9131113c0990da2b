import { DomainError } from "../domain/errors.ts";

/** A place in a list, opaque to callers: the sort values of the last item. */
export const encodeCursor = (values: readonly unknown[]): string =>
  Buffer.from(JSON.stringify(values)).toString("base64url");

/** The sort values of a cursor. Throws `cursor.invalid` for anything that `encodeCursor` did not make. */
export function decodeCursor(cursor: string): unknown[] {
  try {
    const values = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")) as unknown;
    if (Array.isArray(values) && values.length === 2) return values as unknown[];
  } catch {
    // Falls through to the refusal.
  }
  throw new DomainError("cursor.invalid");
}
