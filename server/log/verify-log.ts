import { INSTALLATION } from "../core/domain/audit/audit.ts";
import type { AggregateReplay } from "../kernel/replay.ts";
import type { Difference } from "../kernel/replay-state.ts";
import type { Keys } from "../adapters/keys/keys.ts";
import type { Store } from "../core/store/store.ts";
import type { DayAnchor } from "./store/day-anchors.ts";
import type { LogRow } from "./store/log-row.ts";
import { anchoredFault } from "./day-anchors.ts";
import type { Anchors } from "./anchors.ts";
import { goneAggregates } from "./gone-aggregates.ts";
import { emptyTail } from "./seal.ts";
import { type AggregateFault, faultsOf } from "./verify-state.ts";
import { type FaultAt, walkLog } from "./walk-log.ts";

/**
 * Kinds of faults, which need different repairs. `log`: the log itself. `state`: a state that does not follow from the
 * steps. `post`: a post that does not follow from the steps. `gone`: an aggregate that no longer exists, or is older
 * than its log. `derived`: figures and the like that do not follow from the log.
 */
export type FaultKind = "log" | "state" | "post" | "gone" | "derived";

export interface LogFault {
  kind: FaultKind;
  /** The community of the log, or the collection and id of the aggregate. */
  where: string;
  what: string;
}

export interface LogReport {
  communities: number;
  rows: number;
  aggregates: number;
  /** The number of faults beyond those in `faults`. */
  more: number;
  faults: LogFault[];
}

/** A stored document that differs from what the log gives. */
export type DerivedFault = Omit<LogFault, "kind">;

/** Further faults are only counted, to bound the memory. */
const MAX_FAULTS = 1_000;

const wordsOf = ({ kind, what, pos, rowId }: FaultAt): string =>
  kind === "cut" ? what : `position ${pos}${rowId === null ? "" : ` (${rowId})`}: ${what}`;

/**
 * Verifies every community's log and every aggregate.
 * Of a log: positions without a gap, hashes, seals, the end noted outside the database, the stored signed days and
 * those of `exported`, an event for each erased payload, and that the aggregate of every row still exists and is at
 * least as new as the row.
 * Of an aggregate: versions 1 to n are each in the log or in the outbox, the state is the one to which its last row
 * commits, and it equals the replayed one where there is a replay. With `strict`, an aggregate without any event must
 * be blank, and each post of a user must have been granted; the people and communities of a demo have no events.
 * `now` decides which retention periods are over. `derived` yields what differs among the documents that are derived
 * from the log. Reports the first fault of each community and of each aggregate. Servers may run meanwhile. It holds
 * some hundred documents in memory, whatever the number of documents.
 */
export async function verifyLog(
  store: Store,
  keys: Keys,
  anchors: Anchors,
  exported: Readonly<Record<string, readonly DayAnchor[]>> = {},
  {
    strict = false,
    derived = [],
    now = new Date(),
  }: { strict?: boolean; derived?: AsyncIterable<DerivedFault> | readonly DerivedFault[]; now?: Date } = {},
): Promise<LogReport> {
  const report: LogReport = { communities: 0, rows: 0, aggregates: 0, more: 0, faults: [] };
  const found = (fault: LogFault): void => {
    if (report.faults.length < MAX_FAULTS) report.faults.push(fault);
    else report.more++;
  };
  const noted = await anchors.read();
  const communityIds = new Set([
    ...(await store.communities.ids()),
    INSTALLATION,
    ...Object.keys(noted),
    ...Object.keys(exported),
  ]);
  for (const communityId of communityIds) {
    report.communities++;
    const each = async (rows: readonly LogRow[]): Promise<void> => {
      for (const fault of await goneAggregates(store, rows, now)) found({ kind: "gone", ...fault });
    };
    const parts = { store, keys, noted: noted[communityId] ?? emptyTail };
    const { rows, fault } = await walkLog(parts, communityId, { each });
    report.rows += rows;
    if (fault) found({ kind: "log", where: communityId, what: wordsOf(fault) });
    for (const days of [await store.dayAnchors.of(communityId), exported[communityId] ?? []]) {
      const unlike = await anchoredFault({ store, keys }, communityId, days);
      if (unlike) found({ kind: "log", where: communityId, what: `day ${unlike.day}: ${unlike.what}` });
    }
  }
  // Logs of unknown communities are not walked. Events in them do not count as logged.
  for await (const aggregates of store.outbox.everyAggregate()) {
    report.aggregates += aggregates.length;
    for (const fault of await faultsOf(store, aggregates, { logs: communityIds, strict }))
      for (const one of faultsIn(fault)) found(one);
  }
  for await (const fault of derived) found({ kind: "derived", ...fault });
  return report;
}

function faultsIn({ aggregate, missing, uncommitted, differences }: AggregateFault): LogFault[] {
  const where = `${aggregate.collection} ${aggregate.id}`;
  if (uncommitted && !differences.length) return [{ kind: "state", where, what: uncommitted }];
  if (missing.length) return [{ kind: "log", where, what: `versions ${missing.join(", ")} are in no log` }];
  const { compared } = aggregate;
  return differences.map((one) =>
    compared
      ? { kind: "state", where, what: `${compared.replay.nameOf(compared.state)}的${differs(compared.replay, one)}` }
      : { kind: "post", where, what: postWords(one) },
  );
}

const postWords = ({ stored, replayed }: Difference): string =>
  stored === null ? `岗位 ${replayed} 授予过、没有离岗，数据库里却没有了` : `岗位 ${stored} 没有哪一步授予过`;

/** Free text is not repeated in the report. */
function differs({ labels, words }: AggregateReplay, { field, stored, replayed }: Difference): string {
  const name = `${labels[field]}（${field}）`;
  if (words?.fields.includes(field)) return `${name}：数据库里的与台账里的不同`;
  return `${name}：数据库里是 ${shown(stored)}，台账推出的是 ${shown(replayed)}`;
}

const shown = (word: Difference["stored"]): string => (word === null || word === "" ? "空" : String(word));
