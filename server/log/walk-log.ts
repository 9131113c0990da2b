import type { Keys } from "../adapters/keys/keys.ts";
import type { LogRow } from "./store/log.ts";
import type { Store } from "../core/store/store.ts";
import { type Fault, type Tail, emptyTail, faultOf } from "./seal.ts";

/** Where a log does not hold, and why. */
export interface FaultAt extends Fault {
  pos: number;
  /** The event of the row, if there is a row. */
  rowId: string | null;
}

/** A part of a log that was walked: its rows hold up to `tail`. */
export interface Walked {
  rows: number;
  tail: Tail;
  /** There are no more rows, or they do not hold. */
  done: boolean;
  fault: FaultAt | null;
}

const BATCH = 200;

/**
 * Walks a community's log: positions without a gap, hashes, seals, and the end that was noted outside the database.
 * Begins after the row `after`, which an earlier walk has found to hold, and stops after about `limit` rows. `each`
 * is given the rows that hold, batch by batch.
 */
export async function walkLog(
  { store, keys, noted }: { store: Pick<Store, "log">; keys: Keys; noted: Tail },
  communityId: string,
  {
    after = 0,
    limit = Infinity,
    each,
  }: { after?: number; limit?: number; each?: (rows: readonly LogRow[]) => Promise<void> } = {},
): Promise<Walked> {
  let tail: Tail = after === 0 ? emptyTail : { pos: after, seal: "" };
  let rows = 0;
  const found = (fault: FaultAt): Walked => ({ rows, tail, done: true, fault });
  if (after > 0) {
    const [row] = await store.log.after(communityId, after - 1, 1);
    if (row?.pos !== after) return cutOrMissing(row?.pos ?? null);
    tail = { pos: row.pos, seal: row.seal };
  }
  while (rows < limit) {
    const batch = await store.log.after(communityId, tail.pos, BATCH);
    for (const row of batch) {
      const fault = faultOf(keys, tail, row);
      if (fault) return found({ ...fault, pos: tail.pos + 1, rowId: row._id });
      tail = { pos: row.pos, seal: row.seal };
      rows++;
      if (row.pos === noted.pos && row.seal !== noted.seal) {
        return found({
          kind: "anchor",
          what: "the seal is not the one noted outside the database",
          pos: row.pos,
          rowId: row._id,
        });
      }
    }
    await each?.(batch);
    if (batch.length < BATCH)
      return tail.pos < noted.pos ? cutOrMissing(null) : { rows, tail, done: true, fault: null };
  }
  return { rows, tail, done: false, fault: null };

  function cutOrMissing(next: number | null): Walked {
    const kind = next === null ? "cut" : "missing";
    const what =
      next === null
        ? `the log ends at ${tail.pos}, but ${noted.pos} was written: the tail was cut off`
        : `expected position ${tail.pos}, found ${next}`;
    return found({ kind, what, pos: next === null && after === 0 ? tail.pos + 1 : tail.pos, rowId: null });
  }
}
