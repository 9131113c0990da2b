import type { Connection } from "mongoose";

/**
 * A change of what is stored. It may be broken off anywhere and begun anew, and servers of the version before may
 * work meanwhile: it adds, or it fills, and a later one takes away.
 */
export interface Migration {
  /** The version that the database has afterwards; they follow each other without a gap. */
  to: number;
  /** In words for the operator. */
  what: string;
  /** How many documents it would change. */
  count(connection: Connection): Promise<number>;
  run(connection: Connection): Promise<void>;
}
