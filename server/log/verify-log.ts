import { INSTALLATION } from "../core/domain/audit/audit.ts";
import { erasable } from "../core/domain/requests/replay-request.ts";
import type { Difference } from "../kernel/replay-state.ts";
import type { Keys } from "../adapters/keys/keys.ts";
import type { Store } from "../core/store/store.ts";
import type { DayAnchor } from "./store/day-anchors.ts";
import type { LogRow } from "./store/log.ts";
import type { StoredAggregate } from "./store/outbox.ts";
import { anchoredFault } from "./day-anchors.ts";
import type { Anchors } from "./anchors.ts";
import { emptyTail } from "./seal.ts";
import { fieldWords } from "./state-words.ts";
import { type AggregateFault, faultsOf } from "./verify-state.ts";
import { type FaultAt, walkLog } from "./walk-log.ts";

/** What kind of fault it is, which says what to do: of the log itself, of a state or a post that no step has left, of a request that is not there any more. */
export type FaultKind = "log" | "state" | "post" | "gone";

export interface LogFault {
  kind: FaultKind;
  /** The community of the log, or the aggregate, where it is. */
  where: string;
  what: string;
}

export interface LogReport {
  communities: number;
  rows: number;
  aggregates: number;
  /** Of how many more than `faults` has there is only the number. */
  more: number;
  faults: LogFault[];
}

/** More are counted and not kept: whoever has changed a million requests needs no memory of ours. */
const MOST_KEPT = 1_000;

const wordsOf = ({ kind, what, pos, rowId }: FaultAt): string =>
  kind === "cut" ? what : `position ${pos}${rowId === null ? "" : ` (${rowId})`}: ${what}`;

/**
 * Walks every community's log (positions without a gap, hashes, seals, the end noted outside the database, requests that were filed and are
 * gone) and every aggregate (versions 1 to n, each in the log or the outbox; of requests and tasks the state that those steps give), and compares
 * with the signed days, also with `exported` ones of before. `posts`: also whether each post that somebody holds was granted. Reports the first fault of each community and each aggregate that is not as its log
 * says. Servers may write meanwhile; it keeps some hundred documents in memory, however many there are.
 */
export async function verifyLog(
  store: Store,
  keys: Keys,
  anchors: Anchors,
  exported: Readonly<Record<string, readonly DayAnchor[]>> = {},
  { posts = false }: { posts?: boolean } = {},
): Promise<LogReport> {
  const report: LogReport = { communities: 0, rows: 0, aggregates: 0, more: 0, faults: [] };
  const found = (fault: LogFault): void => {
    if (report.faults.length < MOST_KEPT) report.faults.push(fault);
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
      for (const fault of await gone(store, rows)) found(fault);
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
  // A log that belongs to no community is not walked, so what is in it counts for nothing.
  for await (const aggregates of store.outbox.everyAggregate()) {
    report.aggregates += aggregates.length;
    for (const fault of await faultsOf(store, aggregates, { logs: communityIds, posts }))
      for (const one of faultsIn(fault)) found(one);
  }
  return report;
}

/** Requests that were filed, and are not in the database: nothing deletes one. */
async function gone(store: Store, rows: readonly LogRow[]): Promise<LogFault[]> {
  const filed = rows.filter(({ type, requestId }) => type === "request.submitted" && requestId !== null);
  if (!filed.length) return [];
  const ids = filed.map(({ requestId }) => requestId ?? "");
  const there = await store.outbox.there("requests", ids);
  return filed
    .filter(({ requestId }) => !there.has(requestId ?? ""))
    .map(({ requestId, requestNo }) => ({
      kind: "gone",
      where: `requests ${requestId}`,
      what: `诉求 ${requestNo} 在台账里，数据库里没有了`,
    }));
}

function faultsIn({ aggregate, missing, differences }: AggregateFault): LogFault[] {
  const where = `${aggregate.collection} ${aggregate.id}`;
  if (missing.length) return [{ kind: "log", where, what: `versions ${missing.join(", ")} are in no log` }];
  if (aggregate.source === "users") return differences.map((one) => ({ kind: "post", where, what: postWords(one) }));
  return differences.map((one) => ({ kind: "state", where, what: `${nameOf(aggregate)}的${differs(one)}` }));
}

function nameOf(aggregate: StoredAggregate): string {
  if (aggregate.source === "requests") return `诉求 ${aggregate.state.no} `;
  return aggregate.source === "co_tasks" ? `诉求 ${aggregate.state.requestNo} 的协办` : "";
}

const postWords = ({ stored, replayed }: Difference): string =>
  stored === null ? `岗位 ${replayed} 授予过、没有离岗，数据库里却没有了` : `岗位 ${stored} 没有哪一步授予过`;

/** What somebody wrote is not told again. */
function differs({ field, stored, replayed }: Difference): string {
  const name = `${fieldWords[field as keyof typeof fieldWords]}（${field}）`;
  if (erasable.includes(field)) return `${name}：数据库里的与台账里的不同`;
  return `${name}：数据库里是 ${shown(stored)}，台账推出的是 ${shown(replayed)}`;
}

const shown = (word: Difference["stored"]): string => (word === null || word === "" ? "空" : String(word));
