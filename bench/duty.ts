import { requireNode24 } from "../tools/run.ts";
import { type Load, agree, erlangC, measure } from "./duty/erlang.ts";
import { type Month, simulateMonth } from "./duty/month.ts";

/**
 * `npm run bench:duty`: simulates thirty days of a community of 3,000 households under two rosters of the same seven
 * cadres, staggered shifts and office hours, with the product's own rules and without a database. Prints how long
 * residents wait for the first contact by hour of filing, and each cadre's load. Checks that the simulation's waits
 * agree with Erlang's C formula where it applies, and exits with 1 otherwise. Arrivals, handling times (20 minutes on
 * average) and reaction times (2 minutes) are assumptions; see bench/duty/month.ts.
 */
requireNode24();
const SEED = 2026;

const hour = (n: number): string => `${String(n).padStart(2, "0")}:00`;
const minutes = (value: number): string =>
  Number.isNaN(value) ? "—" : value < 90 ? `${value.toFixed(1)} 分` : `${(value / 60).toFixed(1)} 时`;
const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

const staggered = simulateMonth("staggered", SEED);
const office = simulateMonth("office", SEED);

console.log("\n响应时间，按居民写单的钟点（从提交到首次联系）");
const rows = ({ byHour, urgent, all }: Month) => [...byHour, urgent, all];
console.table(
  Object.fromEntries(
    rows(staggered).map((ours, n) => {
      const theirs = rows(office)[n]!;
      const row = {
        件数: ours.requests,
        "错峰 中位": minutes(ours.median),
        "错峰 p95": minutes(ours.p95),
        "坐班 中位": minutes(theirs.median),
        "坐班 p95": minutes(theirs.p95),
      };
      return [n < 24 ? hour(n) : n === 24 ? "急件" : "全天", row];
    }),
  ),
);

const whole = ({ coverage, waitedForSomebody, late }: Month) => ({
  有人在岗的时间: percent(coverage),
  要等人上班的件: percent(waitedForSomebody),
  超过响应时限的件: percent(late),
});
console.log("\n覆盖与等待");
console.table({ 错峰: whole(staggered), 坐班: whole(office) });

const borne = ({ loads }: Month) =>
  Object.fromEntries(
    loads.map(({ cadreId, minutes: worked, evenings, nights, weekends, holidays }) => [
      cadreId,
      { 小时: Math.round(worked / 60), 晚上: evenings, 夜间: nights, 周末: weekends, 节日: holidays },
    ]),
  );
console.log("\n三十天里各人的负担：错峰");
console.table(borne(staggered));
console.log("\n三十天里各人的负担：坐班");
console.table(borne(office));

const loads: readonly Load[] = [
  { cadres: 1, share: 0.7 },
  { cadres: 3, share: 0.8 },
  { cadres: 7, share: 0.85 },
];
const compared = loads.map((load) => {
  const [measured, expected] = [measure(load, { batch: 10_000, seed: SEED }), erlangC(load)];
  return { ...load, ...measured, expected, agrees: agree(measured, expected) };
});
const within = ({ mean, half }: { mean: number; half: number }): string => `${mean.toFixed(4)} ± ${half.toFixed(4)}`;
console.log("\n同一事件循环的 M/M/c 特例与 Erlang C（等待以平均办理时间为一，99 % 区间）");
console.table(
  compared.map(({ cadres, share, expected, waiting, wait, agrees }) => ({
    c: cadres,
    负荷: share,
    等待概率: within(waiting),
    "公式 C": expected.waiting.toFixed(4),
    平均等待: within(wait),
    公式: expected.wait.toFixed(4),
    相符: agrees ? "是" : "否",
  })),
);
if (!compared.every(({ agrees }) => agrees)) {
  console.log("模拟与公式不符：以上数字不可信。");
  process.exitCode = 1;
}
