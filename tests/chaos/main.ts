import { randomInt } from "node:crypto";
import { parseArgs } from "node:util";
import { type FaultName, faultNames, faults } from "./faults.ts";
import type { Wanted } from "./load.ts";
import { type Round, playRound } from "./rounds.ts";
import { openChaosWorld } from "./world.ts";

/**
 * `npm run test:chaos [-- --rounds 20] [--seed n] [--only "server killed,line cut"]`: two real servers on a real engine
 * under load and faults. Prints each round with its seed, and exits with 1 on any violation or late recovery. The seed
 * determines faults, their moments and the actions of people, but not the speed of the machine.
 */
const { values } = parseArgs({
  options: { rounds: { type: "string" }, seed: { type: "string" }, only: { type: "string" } },
});
const rounds = Number(values.rounds ?? 20);
const first = Number(values.seed ?? randomInt(1_000_000));
const LOAD_MS = 6_000;
/** Once what was down is up again, steps are acknowledged within this, ms. */
const BACK_WITHIN_MS = 10_000;
const only = values.only?.split(",").map((name) => faultNames.find((known) => known === name.trim()) ?? name);
const unknown = only?.find((name) => !(name in faults));
if (unknown !== undefined) throw new Error(`no fault «${unknown}»; there are: ${faultNames.join(", ")}`);

const opened = performance.now();
const world = await openChaosWorld();
const wanted: Wanted[] = [];
const played: Round[] = [];
for (let n = 0; n < rounds; n++) {
  const round = await playRound(world, wanted, {
    seed: first + n,
    loadMs: LOAD_MS,
    ...(only ? { only: only as FaultName[] } : {}),
  });
  played.push(round);
  const { seed, acknowledged, repeated, seconds, wrong } = round;
  console.log(
    `round ${n + 1}, seed ${seed}: ${round.faults.join(", ")}; ${acknowledged} steps acknowledged, ${round.unknown} without an answer, ` +
      `${repeated} calls sent again, ${seconds.toFixed(1)} s, ${wrong.length} wrong`,
  );
  for (const what of wrong) console.log(`  ${what}`);
  if (wrong.length) break;
}
await world.close();

const sum = (of: (round: Round) => number): number => played.reduce((total, round) => total + of(round), 0);
const kinds = faultNames.map((name) => `${name} ${sum((round) => round.faults.filter((one) => one === name).length)}`);
console.log(
  `${played.length} rounds in ${Math.round((performance.now() - opened) / 1_000)} s; faults: ${kinds.join(", ")}`,
);
for (const [fault, all] of Map.groupBy(
  played.flatMap(({ recoveries }) => recoveries),
  (one) => one.fault,
)) {
  const sorted = all.map(({ ms }) => ms).toSorted((a, b) => a - b);
  const seconds = (ms: number | undefined): string => ((ms ?? 0) / 1_000).toFixed(1);
  console.log(
    `after ${fault}: steps acknowledged again in ${seconds(sorted[Math.floor(sorted.length / 2)])} s (median of ${sorted.length}), ` +
      `${seconds(sorted.at(-1))} s (worst)`,
  );
}
console.log(
  `${sum(({ acknowledged }) => acknowledged)} steps acknowledged, ${sum(({ wrong }) => wrong.length)} losses`,
);
const late = played.flatMap(({ recoveries }) => recoveries).filter(({ ms }) => ms > BACK_WITHIN_MS).length;
if (late) console.log(`${late} recoveries took longer than ${BACK_WITHIN_MS / 1_000} s`);
process.exitCode = late || played.some(({ wrong }) => wrong.length) ? 1 : 0;
