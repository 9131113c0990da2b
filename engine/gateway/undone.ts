/** Statements that PostgreSQL undid since they and others waited for each other. */
import { setTimeout as pause } from "node:timers/promises";
import { codeNameOf } from "./errors.ts";
import { PgError } from "./pg-client.ts";

/** One of those who met is undone each time and the others go on, so that so many in a row are no bad luck any more. */
const TRIES = 100;
const PAUSE_MS = 10;

/**
 * Runs a statement again when it was undone whole: mongod does so by itself, and no client expects the error. Throws
 * what the last try threw.
 */
export async function againWhenUndone<T>(statement: () => Promise<T>): Promise<T> {
  for (let left = TRIES; ; left--) {
    try {
      return await statement();
    } catch (error) {
      if (left === 0 || !(error instanceof PgError) || codeNameOf(error.sqlState) !== "WriteConflict") throw error;
      await pause(Math.random() * PAUSE_MS);
    }
  }
}
