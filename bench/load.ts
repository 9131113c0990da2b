import { parseArgs } from "node:util";
import { requireNode24 } from "../tools/run.ts";
import { compareCpu } from "./load/cpu.ts";
import { compareExporting, fillExported } from "./load/exporting.ts";
import { findKnee } from "./load/knee.ts";
import { type Compared, lifecyclesBeside } from "./load/lifecycles.ts";
import { compareNext } from "./load/next.ts";
import { parseServer, rawDriver } from "./load/peers.ts";
import { createPeople } from "./load/people.ts";
import { compareReads } from "./load/reads.ts";
import { type Stage, openStage } from "./load/stage.ts";

/**
 * `npm run bench:load`: load tests of the product on the embedded engine, with a server started as in production,
 * against peers in the same run. Exits with 1 when a required ratio was not reached. `-- --small` uses short slices and
 * little data, `-- --only raw,cpu` runs some parts, `-- --prof folder` writes CPU profiles of the servers.
 * `LOAD_REQUESTS=10000,1000000` are the sizes of the small and the large community.
 */
requireNode24();
const { values } = parseArgs({
  options: { small: { type: "boolean", default: false }, only: { type: "string" }, prof: { type: "string" } },
});
const { small } = values;
const slices = small ? { rounds: 3, ms: 3_000 } : { rounds: 7, ms: 8_000 };
/** The numbers of requests in the small and the large community, for reads of log and report. */
const requests = (process.env["LOAD_REQUESTS"] ?? (small ? "1000,10000" : "10000,1000000")).split(",").map(Number);
/** The rows of the log that is exported under load. */
const exportedRows = small ? 150_000 : 400_000;
/** The number of communities that are served at the same time. */
const COMMUNITIES = 8;

const results: Compared[] = [];
const parts: Record<string, (stage: Stage) => Promise<void>> = {
  async raw(stage) {
    const people = await createPeople(stage, COMMUNITIES);
    const server = await stage.serve();
    results.push(await lifecyclesBeside(stage, { server, people, ...slices }, rawDriver(stage)));
  },
  async parse(stage) {
    const peer = await parseServer(stage);
    if (!peer) return;
    const people = await createPeople(stage, COMMUNITIES);
    const server = await stage.serve();
    results.push(await lifecyclesBeside(stage, { server, people, ...slices }, peer));
  },
  async cpu(stage) {
    results.push(await compareCpu(stage, slices));
  },
  async next(stage) {
    results.push(...(await compareNext(stage, { rounds: slices.rounds, ms: 1_500 })));
  },
  async reads(stage) {
    const [few = 0, many = 0] = requests;
    results.push(...(await compareReads(stage, { few, many, rounds: slices.rounds })));
  },
  async export(stage) {
    await fillExported(stage, exportedRows);
    const people = await createPeople(stage, COMMUNITIES);
    results.push(await compareExporting(stage, { server: await stage.serve(), people, ...slices }));
  },
  async knee(stage) {
    const people = await createPeople(stage, COMMUNITIES);
    await findKnee(stage, { server: await stage.serve(), people, ms: small ? 4_000 : 15_000 });
  },
};

const chosen = values.only?.split(",") ?? Object.keys(parts);
for (const name of chosen) {
  const part = parts[name];
  if (!part) throw new Error(`unknown part ${name}: one of ${Object.keys(parts).join(", ")}`);
  console.log(`\n${name}`);
  const stage = await openStage({ nodeArgs: values.prof ? ["--cpu-prof", "--cpu-prof-dir", values.prof] : [] });
  try {
    await part(stage);
  } finally {
    await stage.close();
  }
}

if (results.length) {
  console.log("\n同一次运行里的比值，各轮取中位数");
  console.table(
    Object.fromEntries(
      results.map(({ name, goal, ratio, reached }) => [
        name,
        { 比值: ratio.toFixed(ratio < 0.1 ? 3 : 2), 目标: goal, 达到: reached ? "是" : "否" },
      ]),
    ),
  );
  if (!results.every(({ reached }) => reached)) process.exitCode = 1;
}
