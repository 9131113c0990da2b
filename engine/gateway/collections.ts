/** Makes collections before they are written to: the engine must not make one inside a write. */
import type { Pool } from "./pg-pool.ts";
import { againWhenUndone } from "./undone.ts";

export interface Collections {
  /** True when the collection was not there and has been made. */
  ensure(database: string, collection: string): Promise<boolean>;
  /** Forgets one collection, or a whole database. */
  forget(database: string, collection?: string): void;
}

const CREATE = "SELECT documentdb_api.create_collection($1::text, $2::text)";

export function createCollections(definitions: Pool): Collections {
  const known = new Set<string>();
  return {
    async ensure(database, collection) {
      const name = `${database}.${collection}`;
      if (known.has(name)) return false;
      const [row] = await againWhenUndone(() =>
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
