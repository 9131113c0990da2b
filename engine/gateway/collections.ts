/** Creates collections before they are written to, since the engine must not create them within a write. */
import type { Pool } from "./pg-pool.ts";
import { retryWhenRolledBack } from "./retry-rolled-back.ts";

export interface Collections {
  /** Creates the collection if it does not exist. Returns whether it did so. */
  ensure(database: string, collection: string): Promise<boolean>;
  /** Removes a collection, or a whole database, from the cache of known collections. */
  forget(database: string, collection?: string): void;
}

const CREATE = "SELECT documentdb_api.create_collection($1::text, $2::text)";

export function createCollections(definitions: Pool): Collections {
  const known = new Set<string>();
  return {
    async ensure(database, collection) {
      const name = `${database}.${collection}`;
      if (known.has(name)) return false;
      const [row] = await retryWhenRolledBack(() =>
        definitions.use((client) => client.query(CREATE, [database, collection])),
      );
      known.add(name);
      return row?.[0]?.[0] === 1;
    },
    forget(database, collection) {
      if (collection !== undefined) known.delete(`${database}.${collection}`);
      else for (const name of known) if (name.startsWith(`${database}.`)) known.delete(name);
    },
  };
}
