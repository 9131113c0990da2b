import type { Connection } from "mongoose";

/**
 * A change of stored data. It can be interrupted anywhere and started again. Servers of the previous version may run
 * meanwhile, since a migration only adds or fills fields and a later one removes the old ones. Where that is
 * impossible, `what` tells the operator to stop them.
 */
export interface Migration {
  /** The schema version after it. Versions have no gaps. */
  to: number;
  /** A description for the operator. */
  what: string;
  /** How many documents it would change. */
  count(connection: Connection): Promise<number>;
  run(connection: Connection): Promise<void>;
}
