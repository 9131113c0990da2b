import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEngine } from "../engine/index.ts";
import { lookupTerms, queryWords } from "../server/log/search.ts";
import { loadKeys } from "../server/adapters/keys/keys.ts";
import { connect, prepareDatabase } from "../server/core/store/connection.ts";
import { openStore } from "../server/open-store.ts";
import { requireNode24, root } from "../tools/run.ts";
import { fillLog } from "./export/fill-log.ts";

/**
 * `npm run bench:search`: compares a search of the log by words through the index with a scan by regular expression, in
 * turns over the same rows. Checks that both find the same rows, and that the index takes at most half the time for
 * rare
 * words; otherwise it exits with 1. `SEARCH_ROWS=20000`.
 */
requireNode24();
const rows = Number(process.env["SEARCH_ROWS"] ?? 20_000);
const ROUNDS = 7;
const RARE = 0.5;
const PAGE = 50;

const folder = await mkdtemp(join(tmpdir(), "dianxiaoer-bench-"));
const engine = await startEngine({
  dataDir: folder,
  installDir: join(root, ".data/engine"),
  durable: false,
  log: (line) => console.log(line),
});
const connection = await connect(engine.uri, "bench");
const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

try {
  const store = openStore(connection).store;
  await prepareDatabase(connection);
  console.log(`写入 ${rows} 行台账……`);
  await fillLog(store, await loadKeys(join(folder, "keys.json")), "few", rows);
  const collection = connection.collection("service_log");
  const table: Record<string, object> = {};
  for (const q of ["白蚁", "发现 白蚁", "漏水", "电梯 睡不着", "没有人写过"]) {
    const words = queryWords(q);
    const byIndex = async () =>
      (await store.log.list({ communityIds: ["few"], terms: lookupTerms(words) }, "desc", PAGE)).items.map(
        (r) => r._id,
      );
    const byScan = async () =>
      (
        await collection
          .find({ communityId: "few", $and: words.map((word) => ({ payload: { $regex: word } })) })
          .sort({ pos: -1 })
          .limit(PAGE)
          .toArray()
      ).map((row) => String(row._id));
    const times = { index: [] as number[], scan: [] as number[] };
    for (let round = 0; round < ROUNDS; round++) {
      let started = performance.now();
      const found = await byIndex();
      times.index.push(performance.now() - started);
      started = performance.now();
      const same = await byScan();
      times.scan.push(performance.now() - started);
      if (JSON.stringify(found) !== JSON.stringify(same)) throw new Error(`${q}: the index and the scan differ`);
      if (round === 0) table[q] = { 行: found.length };
    }
    const ratio = median(times.index) / median(times.scan);
    table[q] = {
      ...table[q],
      "索引 ms": median(times.index).toFixed(1),
      "扫描 ms": median(times.scan).toFixed(1),
      比: ratio.toFixed(2),
    };
    const rare = (table[q] as { 行: number }).行 < PAGE;
    if (rare && !(ratio <= RARE)) process.exitCode = 1;
  }
  console.table(table);
} finally {
  await connection.close();
  await engine.stop();
  await rm(folder, { recursive: true, force: true });
}
