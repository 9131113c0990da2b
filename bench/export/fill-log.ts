import type { Keys } from "../../server/adapters/keys/keys.ts";
import type { Store } from "../../server/core/store/store.ts";
import type { EventRecord } from "../../server/kernel/event.ts";
import { emptyTail, sealRows } from "../../server/log/seal.ts";
import type { LogRow } from "../../server/log/store/log-row.ts";
import { writeBatches } from "../bulk.ts";

const places = ["厨房", "楼道", "电梯", "车棚", "小广场", "垃圾房", "活动室", "门口"];
const troubles = ["漏水了", "灯不亮", "坏了没人修", "太吵睡不着", "堆了杂物走不过去", "想请人上门看看", "钥匙打不开"];
const wishes = ["家里有老人，请快一点", "晚上七点以后在家", "师傅来之前打个电话", "上次说修好了又这样", "谢谢你们"];

const pick = <T>(list: readonly T[], n: number): T => list[n % list.length] as T;

/** A distinct text of a request. One in a thousand contains 白蚁, which occurs nowhere else. */
export const sentence = (n: number): string =>
  `${(n % 12) + 1}号楼${pick(places, n)}${n % 1000 === 7 ? "发现白蚁，" : ""}${pick(troubles, Math.floor(n / 8))}，` +
  `${pick(wishes, Math.floor(n / 56))}，第 ${n} 次写`;

const idOf = (n: number): string => n.toString(16).padStart(24, "0");

/** The year over which rows are spread, whatever their number. */
export const YEAR = { from: "2025-01-01", days: 365 };
const YEAR_MS = YEAR.days * 24 * 3_600_000;

/** The moment of item `n` of `count` in the year. */
export const momentOf = (n: number, count: number): Date =>
  new Date(Date.parse(`${YEAR.from}T00:00:00+08:00`) + Math.floor((n / count) * YEAR_MS));

/** The cadres in a log. */
export const cadreIds = [1, 2, 4, 5, 7, 8].map((n) => idOf(1_000_000 + n));
/** Ids of communities differ only when the lengths of the communities' names differ. */
const offsetOf = (communityId: string): number => communityId.length * 10_000_000;
/** The id of a community's request `n`. */
export const requestIdOf = (communityId: string, n: number): string => idOf(offsetOf(communityId) + n);

function event(communityId: string, n: number, rows: number): EventRecord {
  const [type, role] = pick(
    [
      ["request.submitted", "resident"],
      ["request.noted", "cadre"],
      ["request.resolved", "cadre"],
    ],
    n,
  ) as [string, string];
  const text = sentence(n);
  return {
    ...{
      version: 1,
      type,
      at: momentOf(n, rows),
      communityId,
      requestId: requestIdOf(communityId, Math.floor(n / 3)),
    },
    ...{ requestNo: `B${String(n).padStart(8, "0")}`, serviceCode: pick(["water-leak", "hall-light", "noise"], n) },
    actor: { id: idOf(1_000_000 + (n % 9)), role, name: `测试${n % 9}` },
    subjects: { residentId: idOf(2_000_000 + (n % 3000)), handlerId: null, previousHandlerId: null },
    data: role === "resident" ? { status: "queued", title: text, description: text } : { text },
  };
}

function* sealedBatches(keys: Keys, communityId: string, rows: number): Generator<LogRow[]> {
  const BATCH = 1_000;
  let tail = emptyTail;
  for (let from = 0; from < rows; from += BATCH) {
    const pending = Array.from({ length: Math.min(BATCH, rows - from) }, (_, n) => ({
      id: `${idOf(offsetOf(communityId) + from + n)}:1`,
      event: event(communityId, from + n, rows),
    }));
    const sealed = sealRows(keys, tail, pending);
    tail = sealed.at(-1) ?? tail;
    yield sealed;
  }
}

/**
 * Fills a community's log with `rows` rows, sealed as by the relay. The names of the communities must differ in length.
 */
export async function fillLog(store: Store, keys: Keys, communityId: string, rows: number): Promise<void> {
  await writeBatches(sealedBatches(keys, communityId, rows), async (batch) => {
    if (!(await store.log.append(batch))) throw new Error(`${communityId} has rows already`);
  });
}
