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
 * Signs the past days of a community's log that are not signed yet, each with the position and seal of the day's last
 * row. It stops at the first row that fails verification. A row that was relayed late counts for the day in which it
 * was appended. Safe to repeat and to run on two machines: only one anchor is stored for a day. Returns all anchors,
 * the oldest first.
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
        // Another machine has signed this day and goes on with the rest.
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
 * The first difference between a community's log and its anchors: a wrong signature, a missing day, or a signed row
 * that has changed or is gone. `anchors` are the stored ones or those of an earlier export. Null: the log agrees with
 * them.
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
