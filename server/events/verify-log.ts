import { INSTALLATION } from "../domain/audit.ts";
import type { Keys } from "../keys/keys.ts";
import type { Store } from "../store/store.ts";
import type { DayAnchor } from "../store/day-anchors.ts";
import { anchoredFault } from "./day-anchors.ts";
import type { Anchors } from "./anchors.ts";
import { emptyTail } from "./seal.ts";
import { type FaultAt, walkLog } from "./walk-log.ts";

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

const wordsOf = ({ kind, what, pos, rowId }: FaultAt): string =>
  kind === "cut" ? what : `position ${pos}${rowId === null ? "" : ` (${rowId})`}: ${what}`;

/**
 * Walks every community's log (positions without a gap, hashes, seals, the end noted outside the database) and every aggregate
 * (versions 1 to n, each in the log or the outbox), and compares with the signed days, also with `exported` ones of before. Reports the first fault of each community and each incomplete aggregate.
 */
export async function verifyLog(
  store: Store,
  keys: Keys,
  anchors: Anchors,
  exported: Readonly<Record<string, readonly DayAnchor[]>> = {},
): Promise<LogReport> {
  const report: LogReport = { communities: 0, rows: 0, aggregates: 0, faults: [] };
  const noted = await anchors.read();
  const communityIds = new Set([
    ...(await store.communities.ids()),
    INSTALLATION,
    ...Object.keys(noted),
    ...Object.keys(exported),
  ]);
  for (const communityId of communityIds) {
    report.communities++;
    const { rows, fault } = await walkLog({ store, keys, noted: noted[communityId] ?? emptyTail }, communityId);
    report.rows += rows;
    if (fault) report.faults.push({ where: communityId, what: wordsOf(fault) });
    for (const days of [await store.dayAnchors.of(communityId), exported[communityId] ?? []]) {
      const unlike = await anchoredFault({ store, keys }, communityId, days);
      if (unlike) report.faults.push({ where: communityId, what: `day ${unlike.day}: ${unlike.what}` });
    }
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
