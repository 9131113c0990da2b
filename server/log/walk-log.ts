import type { Keys } from "../adapters/keys/keys.ts";
import type { LogRow } from "./store/log-row.ts";
import type { Store } from "../core/store/store.ts";
import { namedErasures } from "./named-erasures.ts";
import { type Fault, type Tail, emptyTail, faultOf } from "./seal.ts";

/** The first fault of a log and its position. */
export interface FaultAt extends Fault {
  pos: number;
  /** The event id of the row; null when there is no row. */
  rowId: string | null;
}

/** The result of walking a part of a log. The rows up to `tail` are valid. */
export interface Walked {
  rows: number;
  tail: Tail;
  /** True at the end of the log or at a fault. */
  done: boolean;
  fault: FaultAt | null;
}

const BATCH = 200;

/**
 * Verifies a community's log: positions without a gap, hashes, seals, an event for each erased payload, and the end
 * noted outside the database. Starts after the row `after`, which an earlier walk must have verified, and stops after
 * about `limit` rows. `each` gets the valid rows in batches.
 */
export async function walkLog(
  { store, keys, noted }: { store: Pick<Store, "log" | "logErasures">; keys: Keys; noted: Tail },
  communityId: string,
  {
    after = 0,
    limit = Infinity,
    each,
  }: { after?: number; limit?: number; each?: (rows: readonly LogRow[]) => Promise<void> } = {},
): Promise<Walked> {
  const erasures = namedErasures(store, communityId);
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
      const fault = faultOf(keys, tail, row) ?? (await erasures.faultOf(row));
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
