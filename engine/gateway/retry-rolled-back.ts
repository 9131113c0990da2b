/** Repeats statements that PostgreSQL has rolled back because of a deadlock or conflict. */
import { setTimeout as pause } from "node:timers/promises";
import { codeNameOf } from "./errors.ts";
import { PgError } from "./pg-client.ts";

/**
 * Each deadlock rolls back one statement and lets the others go on, so that this many failures in a row have another
 * cause.
 */
const TRIES = 100;
const PAUSE_MS = 10;

/**
 * Repeats a statement that was rolled back completely, as mongod does, since clients do not expect this error. Throws
 * the last error.
 */
export async function retryWhenRolledBack<T>(statement: () => Promise<T>): Promise<T> {
  for (let left = TRIES; ; left--) {
    try {
      return await statement();
    } catch (error) {
      if (left === 0 || !(error instanceof PgError) || codeNameOf(error.sqlState) !== "WriteConflict") throw error;
      await pause(Math.random() * PAUSE_MS);
    }
  }
}
