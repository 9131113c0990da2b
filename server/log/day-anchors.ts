import type { Clock } from "../kernel/clock.ts";
import { addDays, dayOf } from "../core/domain/community/calendar.ts";
import type { Keys } from "../adapters/keys/keys.ts";
import type { Store } from "../core/store/store.ts";
import type { DayAnchor } from "./store/day-anchors.ts";
import { anchorFault, publicKeyOf, signAnchor } from "./anchor-file.ts";
import { type Tail, emptyTail, faultOf } from "./seal.ts";

interface Parts {
  store: Pick<Store, "log" | "dayAnchors">;
  keys: Keys;
  clock: Clock;
}

const BATCH = 200;

/**
 * Signs the days of a community's log that are over and not signed yet, each with the last row that was in the log by
 * then. Only rows that hold are signed: at the first that does not it stops. What came late counts to the day in
 * which it came. Safe to repeat and on two machines: of two anchors of one day one is stored.
 */
export async function signDays({ store, keys, clock }: Parts, communityId: string): Promise<DayAnchor[]> {
  const anchors = await store.dayAnchors.of(communityId);
  let last = anchors.at(-1) ?? null;
  const today = dayOf(clock.now());
  let tail: Tail = last ? { pos: last.pos, seal: last.seal } : emptyTail;
  let day = last ? addDays(last.day, 1) : "";

  const close = async (): Promise<boolean> => {
    const { pos, seal } = tail;
    const anchor = signAnchor(keys, { communityId, day, pos, seal, previous: last?.signature ?? "" });
    if (!(await store.dayAnchors.add(anchor))) return false;
    anchors.push(anchor);
    last = anchor;
    return true;
  };

  for (;;) {
    const rows = await store.log.after(communityId, tail.pos, BATCH);
    for (const row of rows) {
      if (faultOf(keys, tail, row)) return anchors;
      const of = dayOf(row.at);
      if (of > day) {
        const closes = tail.pos > (last?.pos ?? 0);
        // Another machine signs at the same moment: it has the rest.
        if (closes && !(await close())) return store.dayAnchors.of(communityId);
        day = of;
      }
      if (day >= today) return anchors;
      tail = { pos: row.pos, seal: row.seal };
    }
    if (rows.length < BATCH) break;
  }
  if (tail.pos > (last?.pos ?? 0) && day < today) await close();
  return store.dayAnchors.of(communityId);
}

/**
 * Where a community's log is not as anchors say it was: a signature, a missing day, or a row that is another by now
 * or gone. With the stored anchors or with those of a file that was exported before. Null: it is.
 */
export async function anchoredFault(
  { store, keys }: Pick<Parts, "store" | "keys">,
  communityId: string,
  anchors: readonly DayAnchor[],
): Promise<{ day: string; what: string } | null> {
  const ids = new Set(anchors.map(({ keyId }) => keyId));
  const publicKeys = Object.fromEntries([...ids].map((id) => [id, publicKeyOf(keys, id) ?? ""]));
  const fault = anchorFault(communityId, anchors, publicKeys);
  if (fault) return fault;
  for (const { day, pos, seal } of anchors) {
    const [row] = await store.log.after(communityId, pos - 1, 1);
    if (row?.pos !== pos) return { day, what: `position ${pos}, which was signed, is not in the log` };
    if (row.seal !== seal) return { day, what: `position ${pos} has another seal than the one that was signed` };
  }
  return null;
}
