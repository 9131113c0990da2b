import { createTokens } from "../../server/adapters/identity/tokens.ts";
import { newId } from "../../server/kernel/ids.ts";
import { addDays } from "../../server/core/domain/community/calendar.ts";
import { encodeCursor } from "../../server/kernel/cursor.ts";
import { inBulk } from "../bulk.ts";
import { YEAR, cadreIds, requestIdOf } from "../export/fill-log.ts";
import { fillFollowedLog, fillHandlingCycles } from "./fill.ts";
import { openHttp } from "./http-connection.ts";
import type { Compared } from "./lifecycles.ts";
import type { Stage } from "./stage.ts";
import { median, random } from "./statistics.ts";

/** A community with few requests and one with many. Their names differ in length, which fill-log requires. */
const [FEW, MANY] = ["few", "many-"] as const;
/** The events of a request: filed, noted, resolved. */
const ROWS_OF_A_REQUEST = 3;
const MONTH_DAYS = 30;
const MONTH = { from: "2025-03-01", to: "2025-03-31" };
const SESSION = "a".repeat(24);
/** A first read slower than this is printed, ms. */
const SLOW_MS = 100;
const WARM = 50;
const MAX_RATIOS = { log: 1.5, report: 3, raw: 1 / 25 };

interface Size {
  few: number;
  many: number;
  rounds: number;
}

/** Fills both communities before a server reads them. */
async function fill(stage: Stage, sizes: Readonly<Record<string, number>>): Promise<void> {
  const started = performance.now();
  await inBulk(stage.connection, ["service_log", "handling_cycles"], async () => {
    for (const [communityId, requests] of Object.entries(sizes)) {
      const rows = requests * ROWS_OF_A_REQUEST;
      console.log(`  写入 ${requests} 件诉求：台账 ${rows} 行，轮次 ${requests} 个……`);
      await fillFollowedLog(stage, communityId, rows);
      await fillHandlingCycles(stage, communityId, requests);
    }
    console.log("  建索引……");
  });
  console.log(`  写好了：${((performance.now() - started) / 60_000).toFixed(1)} 分钟`);
}

/**
 * The query of each kind of page, as the console sends it, for a community with `requests` requests. `at` (0 to 1) is
 * the
 * position in the log.
 */
type Kind = (communityId: string, requests: number, at: number) => Record<string, string>;
const kinds: Readonly<Record<string, Kind>> = {
  最新的: () => ({}),
  从前某处的: (communityId, requests, at) => ({
    cursor: encodeCursor([communityId, Math.floor(requests * ROWS_OF_A_REQUEST * at)]),
  }),
  一名干部的: (_c, _r, at) => ({ cadreId: cadreIds[Math.floor(at * cadreIds.length)] ?? "" }),
  一件诉求的: (communityId, requests, at) => ({ requestId: requestIdOf(communityId, Math.floor(requests * at)) }),
  一个月里一类事件的: (_c, _r, at) => {
    const from = addDays(YEAR.from, Math.floor(at * (YEAR.days - MONTH_DAYS)));
    const range = { from: `${from}T00:00:00+08:00`, to: `${addDays(from, MONTH_DAYS)}T00:00:00+08:00` };
    return { type: "request.resolved", ...range };
  },
  说到常见词的: () => ({ q: "漏水" }),
  说到少见词的: () => ({ q: "白蚁" }),
  说到几个词的: () => ({ q: "电梯 睡不着" }),
};

/**
 * Compares pages of the log and a month's report of response times between a community with few and one with many
 * requests, in turns, as the console reads them.
 */
export async function compareReads(stage: Stage, { few, many, rounds }: Size): Promise<Compared[]> {
  await fill(stage, { [FEW]: few, [MANY]: many });
  return readBoth(stage, { few, many, rounds });
}

/** The comparison, for communities that are already filled. */
export async function readBoth(stage: Stage, { few, many, rounds }: Size): Promise<Compared[]> {
  const server = await stage.serve();
  const tokens = createTokens(stage.keys);
  const userId = await clerk(stage);
  const http = openHttp(server.port);
  const timed = async (path: string, query: Readonly<Record<string, string>>): Promise<number> => {
    const token = tokens.issueAccess(userId, SESSION, new Date());
    const started = performance.now();
    const url = `${path}?${new URLSearchParams(query).toString()}`;
    const { status, body } = await http.send("GET", url, `Authorization: Bearer ${token}\r\n`);
    if (status !== 200) throw new Error(`${url} ${status} ${body}`);
    return performance.now() - started;
  };
  const between = `${many} 件与 ${few} 件相比`;
  const ms = (values: readonly number[]): string => `${median(values).toFixed(1)} ms`;
  const compared: Compared[] = [];
  const add = (name: string, most: number, ratio: number): void => {
    compared.push({ name, goal: most < 1 ? `≤ 1/${1 / most}` : `≤ ${most}`, ratio, reached: ratio <= most });
  };

  for (const [kind, queryOf] of Object.entries(kinds)) {
    const somewhere = random(7);
    const page = (communityId: string): Promise<number> => {
      const query = queryOf(communityId, communityId === FEW ? few : many, somewhere());
      return timed("/api/log", { communityId, order: "desc", limit: "50", ...query });
    };
    await warm(page);
    const pages = await byTurns(rounds * 5, page);
    console.log(`  台账${kind}一页：${few} 件 ${ms(pages.few)}，${many} 件 ${ms(pages.many)}`);
    add(`台账${kind}一页，${between}`, MAX_RATIOS.log, pages.ratio);
  }
  const report = (communityId: string): Promise<number> =>
    timed("/api/figures", { communityId, ...MONTH, by: "cadre" });
  await warm(report);
  const reports = await byTurns(rounds * 5, report);
  const raw: number[] = [];
  for (let n = 0; n < rounds; n++) raw.push(await rawReport(stage, MANY));
  http.close();
  console.log(
    `  p50/p95 月报：${few} 件 ${ms(reports.few)}，${many} 件 ${ms(reports.many)}；从轮次直接聚合 ${ms(raw)}`,
  );
  add(`p50/p95 月报，${between}`, MAX_RATIOS.report, reports.ratio);
  add(`p50/p95 月报，${many} 件，与直接聚合相比`, MAX_RATIOS.raw, median(reports.many) / median(raw));
  return compared;
}

/** The first reads roll up days, fill caches and compile code. They are not counted, but printed. */
async function warm(take: (communityId: string) => Promise<number>): Promise<void> {
  for (const communityId of [FEW, MANY]) {
    const first = await take(communityId);
    if (first > SLOW_MS) console.log(`  第一次看 ${communityId} 的：${first.toFixed(0)} ms`);
    for (let n = 0; n < WARM; n++) await take(communityId);
  }
}

async function byTurns(times: number, take: (communityId: string) => Promise<number>) {
  const taken = { few: [] as number[], many: [] as number[], ratios: [] as number[] };
  for (let n = 0; n < times; n++) {
    const [small, large] = [await take(FEW), await take(MANY)];
    taken.few.push(small);
    taken.many.push(large);
    taken.ratios.push(large / small);
  }
  return { ...taken, ratio: median(taken.ratios) };
}

/** The same percentiles computed by the database from the month's handling cycles. */
async function rawReport({ connection }: Stage, communityId: string): Promise<number> {
  const percentiles = (field: string) => ({
    $percentile: { input: { $subtract: [`$${field}`, "$openedAt"] }, p: [0.5, 0.95], method: "approximate" },
  });
  const started = performance.now();
  const rows = await connection
    .collection("handling_cycles")
    .aggregate([
      { $match: { communityId, day: { $gte: MONTH.from, $lte: MONTH.to } } },
      {
        $group: {
          ...{ _id: "$cadreId", opened: { $sum: 1 }, respond: percentiles("respondedAt") },
          resolve: percentiles("resolvedAt"),
        },
      },
    ])
    .toArray();
  if (!rows.length) throw new Error("the month has no rounds");
  return performance.now() - started;
}

/** Saves both communities and a clerk who may read them. */
async function clerk({ store }: Stage): Promise<string> {
  for (const id of [FEW, MANY])
    await store.communities.save({
      ...{
        id,
        name: id,
        subdistrict: "测试街道",
        phone: "",
        address: "",
        officeHours: "",
        buildings: [],
        services: [],
      },
      workingHours: { weekdays: [1, 2, 3, 4, 5], spans: [[540, 1020]] },
    });
  const held = {
    ...{ id: newId(), role: "supervisor" as const, communityId: null, communityIds: [FEW, MANY], title: "街镇" },
    ...{ organizationName: null, positions: [], dutyPhone: null, photoFileId: null },
  };
  const { id } = await store.users.create({ name: "测试街镇", memberships: [held], actingAs: held.id });
  return id;
}
