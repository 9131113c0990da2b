import type { z } from "zod";
import type { EventDeclaration } from "./events/define.ts";
import type { Operation, OperationKey } from "./operation.ts";

/**
 * A module's part of the contract. It adds its kinds of `about` and its landings to the registries in events/define.ts.
 */
export interface ContractModule {
  name: string;
  operations: Readonly<Record<OperationKey, Operation>>;
  events: Readonly<Record<string, EventDeclaration>>;
  /** Its parts of the own data that a resident downloads, by name. */
  ownData: Readonly<Record<string, z.ZodType>>;
}

export type Intersection<Union> = (Union extends unknown ? (of: Union) => void : never) extends (of: infer All) => void
  ? All
  : never;

/** Merges tables. Throws when two of them have the same key. */
export function merged<Tables extends readonly object[]>(...tables: Tables): Intersection<Tables[number]> {
  const all = {};
  for (const table of tables) {
    const twice = Object.keys(table).find((key) => key in all);
    if (twice !== undefined) throw new Error(`two modules declare ${twice}`);
    Object.assign(all, table);
  }
  return all as Intersection<Tables[number]>;
}
