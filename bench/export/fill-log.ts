import type { DomainEvent } from "../../server/domain/request.ts";
import { emptyTail, sealRows } from "../../server/events/seal.ts";
import type { Keys } from "../../server/keys/keys.ts";
import type { Store } from "../../server/store/store.ts";

const places = ["厨房", "楼道", "电梯", "车棚", "小广场", "垃圾房", "活动室", "门口"];
const troubles = ["漏水了", "灯不亮", "坏了没人修", "太吵睡不着", "堆了杂物走不过去", "想请人上门看看", "钥匙打不开"];
const wishes = ["家里有老人，请快一点", "晚上七点以后在家", "师傅来之前打个电话", "上次说修好了又这样", "谢谢你们"];

const pick = <T>(list: readonly T[], n: number): T => list[n % list.length] as T;

/** What a resident might write; no two alike. One in a thousand says 白蚁, which nobody else says. */
export const sentence = (n: number): string =>
  `${(n % 12) + 1}号楼${pick(places, n)}${n % 1000 === 7 ? "发现白蚁，" : ""}${pick(troubles, Math.floor(n / 8))}，` +
  `${pick(wishes, Math.floor(n / 56))}，第 ${n} 次写`;

const idOf = (n: number): string => n.toString(16).padStart(24, "0");

function event(communityId: string, n: number): DomainEvent {
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
      at: new Date(1_700_000_000_000 + n * 60_000),
      communityId,
      requestId: idOf(Math.floor(n / 3)),
    },
    ...{ requestNo: `B${String(n).padStart(8, "0")}`, serviceCode: pick(["water-leak", "hall-light", "noise"], n) },
    actor: { id: idOf(1_000_000 + (n % 9)), role, name: `测试${n % 9}` },
    subjects: { residentId: idOf(2_000_000 + (n % 3000)), handlerId: null, previousHandlerId: null },
    data: role === "resident" ? { status: "queued", title: text, description: text } : { text },
  };
}

/** Fills a community's log with so many rows, sealed as the relay does. */
export async function fillLog(store: Store, keys: Keys, communityId: string, rows: number): Promise<void> {
  const BATCH = 1_000;
  let tail = emptyTail;
  for (let from = 0; from < rows; from += BATCH) {
    const offset = communityId.length * 10_000_000;
    const pending = Array.from({ length: Math.min(BATCH, rows - from) }, (_, n) => ({
      id: `${idOf(offset + from + n)}:1`,
      event: event(communityId, from + n),
    }));
    const sealed = sealRows(keys, tail, pending);
    await store.log.append(sealed);
    tail = sealed.at(-1) ?? tail;
  }
}
