/**
 * Error codes of MongoDB that do not depend on the command. The database could not answer at the moment: it stops,
 * starts, elects a primary, has no space or no time, or has lost a cursor.
 */
const AWAY_CODES: ReadonlySet<unknown> = new Set([
  6, 7, 24, 43, 50, 64, 89, 91, 146, 189, 237, 262, 9001, 10107, 11600, 11602, 13435, 13436, 14031,
]);

/** Errors of the driver when it reaches no database, or waits longer than its limits. */
const AWAY_NAMES =
  /^Mongo(?:ose)?(?:Network|NetworkTimeout|ServerSelection|PoolCleared|PoolClosed|WaitQueueTimeout|NotConnected|ServerClosed|ClientClosed|ExpiredSession|Topology\w*)Error$/;

/** Error codes of the operating system for a connection that breaks during a write. The driver passes them on. */
const BROKEN_LINE: ReadonlySet<unknown> = new Set([
  "ECONNRESET",
  "ECONNREFUSED",
  "ECONNABORTED",
  "EPIPE",
  "ETIMEDOUT",
  "ERR_STREAM_DESTROYED",
  "ERR_STREAM_WRITE_AFTER_END",
]);

/** A wait for the database exceeded its limit. The command may have been carried out. */
export class DatabaseSilentError extends Error {
  override name = "DatabaseSilentError";
}

/**
 * Whether an error means that the database could not be reached, and not that the command was wrong. The same command
 * succeeds when the database is back.
 */
export function isDatabaseAway(error: unknown): boolean {
  if (error instanceof DatabaseSilentError) return true;
  if (!(error instanceof Error)) return false;
  if (AWAY_NAMES.test(error.name)) return true;
  const { code, writeErrors } = error as { code?: unknown; writeErrors?: unknown };
  if (AWAY_CODES.has(code) || BROKEN_LINE.has(code)) return true;
  // A bulk write whose connection broke reports neither an operation nor a reason.
  return error.name === "MongoBulkWriteError" && code === undefined && [writeErrors].flat().length === 0;
}
