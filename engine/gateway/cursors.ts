/** Cursors with more than one batch: the engine's continuation of each, until it is exhausted, killed or expired. */
import { CommandError } from "./errors.ts";
import type { Pool } from "./pg-pool.ts";

/** How long an idle cursor lives, ms. It equals that of the engine's files (`defaultCursorExpiryTimeLimitSeconds`). */
const CURSOR_LIFETIME = 600_000;

interface Cursor {
  namespace: string;
  continuation: Buffer;
  usedAt: number;
}

export interface Cursors {
  save(id: bigint, namespace: string, continuation: Buffer): void;
  /** The continuation of a cursor. Throws CursorNotFound. */
  read(id: bigint, namespace: string): Buffer;
  has(id: bigint): boolean;
  /** Removes cursors and deletes the engine's files of them. */
  kill(ids: bigint[]): Promise<void>;
  forget(id: bigint): void;
  count(): number;
}

/** Creates the gateway's cursors; `now` returns the time in ms. */
export function createCursors(pool: Pool, now: () => number): Cursors {
  const cursors = new Map<bigint, Cursor>();

  function expire(): void {
    // `save` moves a cursor to the end, so that the first ones are the oldest.
    for (const [id, cursor] of cursors) {
      if (now() - cursor.usedAt < CURSOR_LIFETIME) return;
      cursors.delete(id);
    }
  }

  return {
    save(id, namespace, continuation) {
      expire();
      cursors.delete(id);
      cursors.set(id, { namespace, continuation: Buffer.from(continuation), usedAt: now() });
    },
    read(id, namespace) {
      const cursor = cursors.get(id);
      if (cursor === undefined) throw new CommandError("CursorNotFound", `cursor id ${id} not found`);
      if (cursor.namespace !== namespace)
        throw new CommandError("BadValue", `cursor id ${id} belongs to ${cursor.namespace}, not to ${namespace}`);
      return cursor.continuation;
    },
    has: (id) => cursors.has(id),
    async kill(ids) {
      for (const id of ids) cursors.delete(id);
      const list = `{${ids.join(",")}}`;
      await pool.use((client) =>
        client.query("SELECT documentdb_api_internal.delete_cursors(($1::text)::bigint[])", [list]),
      );
    },
    forget: (id) => void cursors.delete(id),
    count: () => cursors.size,
  };
}
