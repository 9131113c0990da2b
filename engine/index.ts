/** The database of the server: a given one, or the first available of mongod, download and DocumentDB. */
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { startDocumentDb } from "./documentdb/start.ts";
import { downloadMongod } from "./download.ts";
import { exists } from "./folders.ts";
import { holderOf, takeLock } from "./lock.ts";
import { findMongod, startMongod } from "./mongod.ts";
import {
  type Engine,
  type EngineKind,
  type EngineOptions,
  EngineFailure,
  EngineUnavailable,
  NEVER_LOST,
  type StartOptions,
} from "./types.ts";

export type { Engine, EngineKind, EngineOptions } from "./types.ts";
export { EngineFailure } from "./types.ts";

type Embedded = Exclude<EngineKind, "given">;

const ORDER: Embedded[] = ["mongod", "download", "documentdb"];
/** How long a previous server that is restarting may take to stop, ms. */
const WAIT_FOR_STOPPING = 2_000;
const NAMES: Record<EngineKind, string> = {
  given: "MONGODB_URI 指定的 MongoDB",
  mongod: "本机的 mongod",
  download: "下载的 MongoDB",
  documentdb: "DocumentDB（Debian 软件包）",
};

async function startKind(kind: Embedded, forced: boolean, options: StartOptions): Promise<Engine> {
  if (kind === "mongod") return startMongod(await findMongod(), kind, options);
  if (kind === "documentdb") return startDocumentDb(options);
  const binary = await downloadMongod(options.installDir, forced, options.log);
  try {
    return await startMongod(binary, kind, options);
  } catch (error) {
    // This build may need a library or a processor feature that is missing. The next kind may still work.
    throw new EngineUnavailable(error instanceof Error ? error.message : String(error));
  }
}

/** The kinds to try. Existing data stay with the kind that wrote them. */
async function kindsFor(options: EngineOptions): Promise<Embedded[]> {
  const names = options.durable === false ? [] : await readdir(options.dataDir);
  const ofDocumentDb = names.some((name) => /^documentdb-\d+$/.test(name));
  const ofMongod = await exists(join(options.dataDir, "mongod", "WiredTiger"));
  if (options.choice !== undefined) {
    const other = options.choice === "documentdb" ? ofMongod && !ofDocumentDb : ofDocumentDb && !ofMongod;
    if (other && options.durable !== false)
      options.log(`注意：${options.dataDir} 里已有另一种数据库的数据，这次不会用到它`);
    return [options.choice];
  }
  if (ofDocumentDb && !ofMongod) return ["documentdb"];
  if (ofMongod && !ofDocumentDb) return ["mongod", "download"];
  return ORDER;
}

async function startFirst(kinds: Embedded[], options: StartOptions, forced: boolean): Promise<Engine> {
  const reasons: string[] = [];
  for (const kind of kinds) {
    try {
      return await startKind(kind, forced, options);
    } catch (error) {
      if (!(error instanceof EngineUnavailable)) throw error;
      reasons.push(error.message);
    }
  }
  throw new EngineFailure(
    `没有可用的数据库：${reasons.join("；")}。请用 MONGODB_URI 指定一个 MongoDB 副本集，或安装 MongoDB 7 以上后重试`,
  );
}

/** The file in which the holder of the data folder writes its engine's address, for programs that share the engine. */
const addressFile = (dataDir: string): string => join(dataDir, "engine.json");

/** The engine that another running process has on the folder, or null. Its `stop` has no effect. */
async function sharedEngine(dataDir: string): Promise<Engine | null> {
  const holder = await holderOf(join(dataDir, "engine.lock"));
  const written = await readFile(addressFile(dataDir), "utf8").catch(() => null);
  if (holder === null || written === null) return null;
  const { pid, uri, kind } = JSON.parse(written) as { pid: number; uri: string; kind: EngineKind };
  // A file of an earlier holder that was killed names an engine that is gone.
  return pid === holder ? { uri, kind, lost: NEVER_LOST, stop: async () => undefined } : null;
}

/**
 * Starts or finds an engine and logs which. Rejects with an EngineFailure, whose message is a sentence for the
 * operator: no engine is available, the data folder is in use, or the database did not start.
 */
export async function startEngine(options: EngineOptions): Promise<Engine> {
  if (options.uri) {
    options.log(`数据库：${NAMES.given}`);
    return { uri: options.uri, kind: "given", lost: NEVER_LOST, stop: async () => undefined };
  }
  const durable = options.durable ?? true;
  const dataDir = resolve(options.dataDir);
  const installDir = resolve(options.installDir ?? join(dataDir, "engine"));
  await mkdir(dataDir, { recursive: true });
  const shared = options.share ? await sharedEngine(dataDir) : null;
  if (shared) {
    options.log(`数据库：${NAMES[shared.kind]}，与正在运行的服务共用`);
    return shared;
  }
  const onWait = (pid: number): void => options.log(`进程 ${pid} 还在使用数据目录，等它停止`);
  const refusal = (pid: number): Error =>
    new EngineFailure(`数据目录 ${dataDir} 正被进程 ${pid} 使用；请先停止它，或换一个数据目录`);
  const lock = durable
    ? await takeLock(join(dataDir, "engine.lock"), { waitMs: WAIT_FOR_STOPPING, onWait, refusal })
    : null;
  try {
    const kinds = await kindsFor({ ...options, dataDir });
    const engine = await startFirst(
      kinds,
      { dataDir, installDir, durable, log: options.log },
      options.choice !== undefined,
    );
    options.log(`数据库：${NAMES[engine.kind]}，数据在 ${durable ? dataDir : "临时目录"}`);
    if (lock) {
      // Made anew: a mode is given to a new file only, and the address has the key in it.
      await rm(addressFile(dataDir), { force: true });
      const address = JSON.stringify({ pid: process.pid, uri: engine.uri, kind: engine.kind });
      await writeFile(addressFile(dataDir), address, { mode: 0o600, flag: "wx" });
    }
    let stopped: Promise<void> | null = null;
    const stop = async (): Promise<void> => {
      if (lock) await rm(addressFile(dataDir), { force: true });
      await engine.stop().finally(() => lock?.release());
    };
    return { ...engine, stop: () => (stopped ??= stop()) };
  } catch (error) {
    await lock?.release();
    throw error;
  }
}
