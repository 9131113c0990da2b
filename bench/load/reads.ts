import { randomBytes } from "node:crypto";
import { createTokens } from "../../server/identity/tokens.ts";
import { newId } from "../../server/usecases/ids.ts";
import { fillLog } from "../export/fill-log.ts";
import { fillRounds } from "./fill.ts";
import { openHttp } from "./http-connection.ts";
import type { Compared } from "./lifecycles.ts";
import type { Stage } from "./stage.ts";
import { median } from "./statistics.ts";

/** A community with few requests and one with many; their names are what fill-log tells them apart by. */
const [FEW, MANY] = ["few", "many-"] as const;
/** Of a request's life: filed, noted, resolved. */
const ROWS_OF_A_REQUEST = 3;
const MONTH = { from: "2025-03-01", to: "2025-03-31" };
const MOST = { log: 1.5, report: 3, raw: 1 / 25 };

interface Size {
  few: number;
  many: number;
  rounds: number;
}

/** Pages of the log and the report of a month's response times, in a community of few requests and of many by turns, as the console asks for them. */
export async function compareReads(stage: Stage, { few, many, rounds }: Size): Promise<Compared[]> {
  const server = await stage.serve();
  const token = await clerk(stage);
  const sizes = { [FEW]: few, [MANY]: many };
  for (const [communityId, requests] of Object.entries(sizes)) {
    console.log(`  写入 ${requests} 件诉求：台账 ${requests * ROWS_OF_A_REQUEST} 行，轮次 ${requests} 个……`);
    await fillLog(stage.store, stage.keys, communityId, requests * ROWS_OF_A_REQUEST);
    await fillRounds(stage, communityId, requests);
  }
  // As an operator does after a bulk load; a mongod keeps no such figures.
  await stage.connection.db?.command({ analyze: 1 }).catch(() => undefined);
  const http = await openHttp(server.port);
  const headers = `Authorization: Bearer ${token}\r\n`;
  const timed = async (path: string): Promise<{ ms: number; body: string }> => {
    const started = performance.now();
    const { status, body } = await http.send("GET", path, headers);
    if (status !== 200) throw new Error(`${path} ${status} ${body}`);
    return { ms: performance.now() - started, body };
  };

  const page = pageOf(timed);
  const report = async (communityId: string): Promise<number> =>
    (await timed(`/api/figures?communityId=${communityId}&from=${MONTH.from}&to=${MONTH.to}&by=cadre`)).ms;
  // Days are summed up at the first look, pages are read, code is compiled.
  for (const communityId of Object.keys(sizes)) {
    const ms = await report(communityId);
    console.log(`  第一次看 ${communityId} 的月报（先汇总 31 天）：${ms.toFixed(0)} ms`);
    await page(communityId);
  }
  const logs = await byTurns(rounds * 5, page);
  const reports = await byTurns(rounds * 5, report);
  const raw: number[] = [];
  for (let n = 0; n < rounds; n++) raw.push(await rawReport(stage, MANY));
  http.close();
  const ms = (values: readonly number[]): string => `${median(values).toFixed(1)} ms`;
  console.log(`  台账一页：${few} 件 ${ms(logs.few)}，${many} 件 ${ms(logs.many)}`);
  console.log(
    `  p50/p95 月报：${few} 件 ${ms(reports.few)}，${many} 件 ${ms(reports.many)}；从轮次直接聚合 ${ms(raw)}`,
  );
  const compared = (name: string, most: number, ratio: number): Compared => {
    const goal = most < 1 ? `≤ 1/${1 / most}` : `≤ ${most}`;
    return { name, goal, ratio, reached: ratio <= most };
  };
  const between = `${many} 件与 ${few} 件相比`;
  return [
    compared(`台账一页，${between}`, MOST.log, logs.ratio),
    compared(`p50/p95 月报，${between}`, MOST.report, reports.ratio),
    compared(`p50/p95 月报，${many} 件，与直接聚合相比`, MOST.raw, median(reports.many) / median(raw)),
  ];
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

type Timed = (path: string) => Promise<{ ms: number; body: string }>;

/** The newest page of the log, and the one after it. */
const pageOf =
  (timed: Timed) =>
  async (communityId: string): Promise<number> => {
    const path = `/api/log?communityId=${communityId}&order=desc&limit=50`;
    const first = await timed(path);
    const { nextCursor } = JSON.parse(first.body) as { nextCursor: string };
    const second = await timed(`${path}&cursor=${encodeURIComponent(nextCursor)}`);
    return first.ms + second.ms;
  };

/** The same percentiles from the rounds of the month, in the database. */
async function rawReport({ connection }: Stage, communityId: string): Promise<number> {
  const percentiles = (field: string) => ({
    $percentile: { input: { $subtract: [`$${field}`, "$openedAt"] }, p: [0.5, 0.95], method: "approximate" },
  });
  const started = performance.now();
  const rows = await connection
    .collection("rounds")
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

/** Both communities, and the token of a clerk who reads them. */
async function clerk({ store, keys }: Stage): Promise<string> {
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
  return createTokens(keys).issueAccess(id, randomBytes(12).toString("hex"), new Date());
}
