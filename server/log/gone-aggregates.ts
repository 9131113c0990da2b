import type { Store } from "../core/store/store.ts";
import { aggregateOf, eventVersionOf } from "./own-steps.ts";
import type { LogRow } from "./store/log-row.ts";

/**
 * Faults of the aggregates of these rows, which were read before: one that does not exist any more, although nothing
 * deletes it, or that is older than its row (it was reset to an earlier state).
 */
export async function goneAggregates(
  store: Pick<Store, "outbox">,
  rows: readonly LogRow[],
  now: Date,
): Promise<{ where: string; what: string }[]> {
  const newest = new Map(
    rows.toSorted((a, b) => eventVersionOf(a) - eventVersionOf(b)).map((row) => [aggregateOf(row), row]),
  );
  const versions = await store.outbox.versionsOf([...newest.keys()]);
  return [...newest].flatMap(([id, row]) => {
    const version = versions.get(id);
    const ofRequest = row.requestId === id;
    const where = `${ofRequest ? "requests" : (row.about?.kind ?? row.type)} ${id}`;
    const name = ofRequest ? `诉求 ${row.requestNo}` : `单据 ${id}`;
    if (version === undefined)
      return store.outbox.mayBeDeleted(row.about?.kind, row.at, now)
        ? []
        : [{ where, what: `${name} 在台账里，数据库里没有了` }];
    if (version >= eventVersionOf(row)) return [];
    const what = `${name} 在数据库里是第 ${version} 步，台账里已有第 ${eventVersionOf(row)} 步：它被退回过`;
    return [{ where, what }];
  });
}
