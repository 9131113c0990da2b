import { createHash } from "node:crypto";
import { refuse } from "./errors.ts";

/** A short hash of a value. Clients send back the revision that they read when they edit the value. */
export const revisionOf = (content: unknown): string =>
  createHash("sha256").update(JSON.stringify(content)).digest("base64url").slice(0, 16);

/** Throws `edit.outdated` when the stored value is not the one that the caller has seen. */
export function assertSeen(seen: string, present: unknown): void {
  if (seen !== revisionOf(present)) refuse("edit.outdated");
}
