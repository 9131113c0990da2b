import { fork } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEngine } from "../engine/index.ts";
import { WRITER_FLAGS } from "../server/modules/exports/writing/start-worker.ts";
import { loadKeys } from "../server/adapters/keys/keys.ts";
import { connect, prepareDatabase } from "../server/core/store/connection.ts";
import { openStore } from "../server/open-store.ts";
import { requireNode24, root } from "../tools/run.ts";
import { inBulk } from "./bulk.ts";
import { fillLog } from "./export/fill-log.ts";

/**
 * `npm run bench:export`: exports a short and a long log in turns, each in its own process, and compares peak memory.
 * Checks that memory does not grow with the rows: the median of the long ones is at most 1.2 times that of the short
 * ones; otherwise it exits with 1. Sizes: `EXPORT_ROWS=20000,200000 EXPORT_ROUNDS=3`.
 */
requireNode24();
const MAX_RATIO = 1.2;
const [few = 20_000, many = 200_000] = (process.env["EXPORT_ROWS"] ?? "20000,200000").split(",").map(Number);
const rounds = Number(process.env["EXPORT_ROUNDS"] ?? 3);
const write = join(import.meta.dirname, "export-writer.ts");

interface Written {
  state: string;
  rows: number;
  bytes: number;
  seconds: number;
  peak: number;
}

const folder = await mkdtemp(join(tmpdir(), "dianxiaoer-bench-"));
const engine = await startEngine({
  dataDir: folder,
  installDir: join(root, ".data/engine"),
  durable: false,
  log: (line) => console.log(line),
});
const connection = await connect(engine.uri, "bench");
const keysFile = join(folder, "keys.json");

async function exported(communityId: string, format: string): Promise<Written> {
  const child = fork(write, [engine.uri, "bench", keysFile, communityId, format], { execArgv: [...WRITER_FLAGS] });
  const told = new Promise<Written>((resolve, reject) => {
    child.once("message", (message) => resolve(message as Written));
    child.once("exit", (code) => reject(new Error(`the writer ended with ${code} and said nothing`)));
  });
  return told;
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

try {
  const store = openStore(connection).store;
  await prepareDatabase(connection);
  const keys = await loadKeys(keysFile);
  await inBulk(connection, ["service_log"], async () => {
    for (const [id, rows] of [
      ["few", few],
      ["many-", many],
    ] as const) {
      console.log(`写入 ${rows} 行台账……`);
      await fillLog(store, keys, id, rows);
    }
  });
  for (const format of ["csv", "xlsx"]) {
    const peaks: Record<string, number[]> = { few: [], "many-": [] };
    for (let round = 0; round < rounds; round++) {
      for (const [id, rows] of [
        ["few", few],
        ["many-", many],
      ] as const) {
        const { state, rows: got, bytes, seconds, peak } = await exported(id, format);
        if (state !== "done" || got !== rows) throw new Error(`${format}: ${state}, ${got} of ${rows} rows`);
        peaks[id]?.push(peak);
        console.log(
          `${format} ${rows} 行：${seconds.toFixed(1)} 秒，${(bytes / 1e6).toFixed(1)} MB，峰值内存 ${peak.toFixed(0)} MB`,
        );
      }
    }
    const ratio = median(peaks["many-"] ?? []) / median(peaks["few"] ?? []);
    console.log(`${format}：${many} 行的峰值内存是 ${few} 行的 ${ratio.toFixed(2)} 倍（不超过 ${MAX_RATIO}）`);
    if (!(ratio <= MAX_RATIO)) process.exitCode = 1;
  }
} finally {
  await connection.close();
  await engine.stop();
  await rm(folder, { recursive: true, force: true });
}
