import type { Connection } from "mongoose";
import type { ErrorCode, ErrorTable } from "./errors.ts";
import type { DataRegister } from "./personal-data.ts";

/**
 * What a feature beside the main job consists of: a vertical slice, whose parts the composition takes in. `Ports`: what its hooks
 * may ask for beside its own repositories.
 */
export interface Module<Ports, Repositories extends object, Errors extends Partial<ErrorTable<ErrorCode>>, Routes> {
  /** Its folder, and how others name it in `needs`. */
  name: string;
  /** Modules whose index it may use. No circle leads through them. */
  needs: readonly string[];
  /** Its repositories on a connection, each under the name of the port by which use cases know it. */
  repositories(connection: Connection): Repositories;
  /** Collections whose documents leave events. The relay looks into their outboxes. */
  outboxes: readonly string[];
  /** The status and the sentence of each of its error codes. */
  errors: Errors;
  /** What it keeps of people. */
  data: DataRegister;
  /** One handler for each of its operations. */
  routes: Routes;
  /** Erases what is kept of people who have closed their accounts. It can be repeated. */
  erase(ports: Ports & Repositories, userIds: readonly string[], now: Date): Promise<void>;
  /** Erases what has been kept for as long as its periods say. It can be repeated, and run on two machines at once. */
  retain(ports: Ports & Repositories, now: Date): Promise<void>;
}

type Intersection<Union> = (Union extends unknown ? (of: Union) => void : never) extends (of: infer All) => void
  ? All
  : never;

/** The tables of several modules as one. A key that two of them have is a mistake. */
export function merged<Tables extends readonly object[]>(...tables: Tables): Intersection<Tables[number]> {
  const all = {};
  for (const table of tables) {
    const twice = Object.keys(table).find((key) => key in all);
    if (twice !== undefined) throw new Error(`two modules declare ${twice}`);
    Object.assign(all, table);
  }
  return all as Intersection<Tables[number]>;
}
