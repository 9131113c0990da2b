import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { startEngine } from "../engine/index.ts";
import { connect } from "../server/core/store/connection.ts";
import { createLoader } from "../server/kernel/loader.ts";
import { createShortCache } from "../server/kernel/short-cache.ts";
import { requireNode24, root } from "../tools/run.ts";
import { arrivals, median, quantile } from "./load/statistics.ts";
import { fetchingCache, handMadeCache, handMadeLoader, plainDataLoader } from "./loaders/candidates.ts";

/**
 * `npm run bench:loaders`: compares the product's short cache (lru-cache) and loader (dataloader, one query at a time)
 * with hand-made ones and with the libraries' defaults, in turns in one process. The loaders read from the embedded
 * engine. Prints the medians of the rounds, and each cost as a multiple of the product's.
 * `LOADERS_RATES=200,1000`: reads per second.
 */
requireNode24();
const rates = (process.env["LOADERS_RATES"] ?? "200,1000,4000").split(",").map(Number);
const DOCUMENTS = 2_000;
const ROUNDS = 7;
const ROUND_MS = 1_500;
const GETS = 2_000_000;
const OURS = "店小二";

type Load = (key: string) => Promise<unknown>;

const keys = Array.from({ length: DOCUMENTS }, (_, n) => `document-${n}`);
const keyOf = (n: number): string => keys[n % DOCUMENTS] ?? "";

/** Runs each candidate once a round and returns the median of each cost. The first round is not counted. */
async function byTurns<C extends Record<string, number>>(
  candidates: Readonly<Record<string, Load>>,
  measure: (load: Load) => Promise<C>,
): Promise<Map<string, C>> {
  const rounds = new Map<string, C[]>(Object.keys(candidates).map((name) => [name, []]));
  for (let round = -1; round < ROUNDS; round++) {
    for (const [name, load] of Object.entries(candidates)) {
      const cost = await measure(load);
      if (round >= 0) rounds.get(name)?.push(cost);
    }
  }
  return new Map(
    [...rounds].map(([name, costs]) => [
      name,
      Object.fromEntries(
        Object.keys(costs[0] ?? {}).map((what) => [what, median(costs.map((cost) => cost[what] ?? Number.NaN))]),
      ) as C,
    ]),
  );
}

/** The time to get a cached value, ns. */
async function timeGets(get: Load): Promise<{ ns: number }> {
  await Promise.all(keys.map(get));
  const started = performance.now();
  let last: unknown;
  for (let n = 0; n < GETS; n++) last = get(keyOf(n * 7));
  const ns = ((performance.now() - started) / GETS) * 1e6;
  await last;
  return { ns };
}

/**
 * Reads arrive at random (Poisson), as from many independent callers. Callers that wait for each other would be in
 * step.
 */
async function timeLoads(load: Load, rate: number, count: () => number) {
  const before = count();
  const due = arrivals(rate, ROUND_MS, 1);
  const waits: number[] = [];
  const cpu = process.cpuUsage();
  await Promise.all(
    due.map(async (at, n) => {
      await sleep(at);
      const started = performance.now();
      if ((await load(keyOf(n * 7))) === null) throw new Error(`${keyOf(n * 7)} was not found`);
      waits.push(performance.now() - started);
    }),
  );
  const { user, system } = process.cpuUsage(cpu);
  return {
    cpuMicros: (user + system) / due.length,
    queries: (count() - before) / due.length,
    ...{ p50: median(waits), p99: quantile(waits, 0.99) },
  };
}

async function compareCaches(): Promise<void> {
  const load = async (id: string) => ({ id });
  const costs = await byTurns(
    {
      [OURS]: createShortCache(load).get,
      手写的: handMadeCache(load),
      "lru-cache 的 fetch": fetchingCache(load),
    },
    timeGets,
  );
  const ours = costs.get(OURS)?.ns ?? Number.NaN;
  console.table(
    Object.fromEntries(
      [...costs].map(([name, { ns }]) => [name, { "ns/次": Math.round(ns), 比: (ns / ours).toFixed(2) }]),
    ),
  );
}

async function compareLoaders(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "dianxiaoer-bench-"));
  const engine = await startEngine({
    ...{ dataDir: folder, installDir: join(root, ".data/engine"), durable: false },
    log: (line) => console.log(line),
  });
  const connection = await connect(engine.uri, "bench");
  try {
    const collection = connection.collection<{ _id: string; text: string }>("documents");
    await collection.insertMany(keys.map((_id) => ({ _id, text: "x".repeat(1_000) })));
    let queries = 0;
    const read = async (wanted: string[]) => {
      queries++;
      const found = await collection
        .find({ _id: { $in: wanted } })
        .batchSize(wanted.length + 1)
        .toArray();
      return new Map(found.map((document) => [document._id, document]));
    };
    const candidates = {
      [OURS]: createLoader(read),
      手写的: handMadeLoader(read),
      "dataloader 不加排队": plainDataLoader(read),
    };
    for (const rate of rates) {
      const costs = await byTurns(candidates, (load) => timeLoads(load, rate, () => queries));
      const ours = costs.get(OURS)?.cpuMicros ?? Number.NaN;
      console.log(`\n每秒读 ${rate} 次`);
      console.table(
        Object.fromEntries(
          [...costs].map(([name, { cpuMicros, queries: sent, p50, p99 }]) => [
            name,
            {
              "CPU µs/次": cpuMicros.toFixed(1),
              "查询/次": sent.toFixed(2),
              "p50 ms": p50.toFixed(2),
              "p99 ms": p99.toFixed(2),
              CPU比: (cpuMicros / ours).toFixed(2),
            },
          ]),
        ),
      );
    }
  } finally {
    await connection.close();
    await engine.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

await compareCaches();
await compareLoaders();
