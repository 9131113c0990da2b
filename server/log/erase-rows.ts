import type { Erasure } from "../kernel/erase-aggregates.ts";
import type { Store } from "../core/store/store.ts";
import { aggregateOf, eventVersionOf } from "./own-steps.ts";
import type { LogRow } from "./store/log-row.ts";

/**
 * Erases the payloads of rows for good. An event that names their positions is stored first, in the chain of each
 * community, since verification accepts an erased payload only when an event names it. A crash in between leaves an
 * event for payloads that are still there; a repeated call writes another one and erases them. The commitments to the
 * states stay verifiable ({@link dropFormerStates}).
 */
export async function eraseRows(
  store: Pick<Store, "log" | "logErasures">,
  rows: readonly LogRow[],
  erasure: Erasure,
): Promise<void> {
  for (const [communityId, ofCommunity] of Map.groupBy(rows, (row) => row.communityId)) {
    const positions = ofCommunity.map(({ pos }) => pos).toSorted((a, b) => a - b);
    await store.logErasures.record(communityId, positions, erasure);
    await store.log.erase(ofCommunity.map(({ _id }) => _id));
  }
}

/**
 * Erases the salts of the commitments to the states before an erasure, with which erased words could be guessed. The
 * row of the erasure commits to the state afterwards.
 */
export async function dropFormerStates(store: Pick<Store, "log">, rows: readonly LogRow[]): Promise<void> {
  const former = rows
    .filter(({ type }) => type.endsWith(".erased"))
    .flatMap((row) => Array.from({ length: eventVersionOf(row) - 1 }, (_, n) => `${aggregateOf(row)}:${n + 1}`));
  if (former.length) await store.log.eraseStateSalts(former);
}
