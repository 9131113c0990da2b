import type { Keys } from "../keys/keys.ts";
import type { Store } from "../store/store.ts";
import type { Anchors } from "./anchors.ts";
import { type Tail, emptyTail, faultOf } from "./seal.ts";

export interface LogFault {
  /** The community of the log, or the aggregate, where it is. */
  where: string;
  what: string;
}

export interface LogReport {
  communities: number;
  rows: number;
  aggregates: number;
  faults: LogFault[];
}

const BATCH = 200;

/**
 * Walks every community's log (positions without a gap, hashes, seals, the end noted outside the database) and every aggregate
 * (versions 1 to n, each in the log or the outbox). Reports the first fault of each community and each incomplete aggregate.
 */
export async function verifyLog(store: Store, keys: Keys, anchors: Anchors): Promise<LogReport> {
  const report: LogReport = { communities: 0, rows: 0, aggregates: 0, faults: [] };
  const noted = await anchors.read();
  const communityIds = new Set([...(await store.communities.ids()), ...Object.keys(noted)]);
  for (const communityId of communityIds) {
    report.communities++;
    const fault = await walk(store, keys, communityId, noted[communityId] ?? emptyTail, report);
    if (fault) report.faults.push({ where: communityId, what: fault });
  }
  for await (const { source, id, version, outbox } of store.outbox.everyAggregate()) {
    report.aggregates++;
    const known = new Set(outbox.map((event) => event.version));
    const wanted = Array.from({ length: version }, (_, index) => index + 1).filter((v) => !known.has(v));
    const logged = wanted.length ? await store.log.has(wanted.map((v) => `${id}:${v}`)) : new Set<string>();
    const missing = wanted.filter((v) => !logged.has(`${id}:${v}`));
    if (missing.length) {
      report.faults.push({ where: `${source} ${id}`, what: `versions ${missing.join(", ")} are in no log` });
    }
  }
  return report;
}

async function walk(
  store: Store,
  keys: Keys,
  communityId: string,
  noted: Tail,
  report: LogReport,
): Promise<string | null> {
  let tail: Tail = emptyTail;
  for (;;) {
    const rows = await store.log.after(communityId, tail.pos, BATCH);
    if (!rows.length) break;
    for (const row of rows) {
      const fault = faultOf(keys, tail, row);
      if (fault) return `position ${tail.pos + 1} (${row._id}): ${fault}`;
      tail = { pos: row.pos, seal: row.seal };
      report.rows++;
      if (row.pos === noted.pos && row.seal !== noted.seal) {
        return `position ${row.pos}: the seal is not the one noted outside the database`;
      }
    }
  }
  if (tail.pos < noted.pos) return `the log ends at ${tail.pos}, but ${noted.pos} was written: the tail was cut off`;
  return null;
}
