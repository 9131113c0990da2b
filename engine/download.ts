/** Downloads MongoDB's own server into the install folder. */
import { lookup } from "node:dns/promises";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { DryMongoBinary, MongoBinary } from "mongodb-memory-server-core";
import { takeLock } from "./lock.ts";
import { withProgress } from "./progress.ts";
import { EngineFailure, EngineUnavailable } from "./types.ts";

const HOST = "fastdl.mongodb.org";
const VERSION = "8.2.6";
/** The timeout of the name lookup, ms, so that an unresponsive name server does not delay the start. */
const LOOKUP_LIMIT = 1_000;
const WAIT_FOR_OTHER = 30 * 60_000;

/** Whether a host has an address. False when the lookup takes longer than a second. */
export async function hasAddress(host: string): Promise<boolean> {
  const limit = new Promise<boolean>((resolve) => setTimeout(resolve, LOOKUP_LIMIT, false).unref());
  const found = lookup(host).then(
    () => true,
    () => false,
  );
  return Promise.race([found, limit]);
}

/**
 * The path of the downloaded `mongod`, which is downloaded if it is missing. `forced` skips the lookup of the host, for
 * machines that reach it through a mirror or a proxy. Throws EngineUnavailable.
 */
export async function downloadMongod(
  installDir: string,
  forced: boolean,
  log: (line: string) => void,
): Promise<string> {
  const downloadDir = join(installDir, "mongod");
  const options = { version: VERSION, downloadDir };
  const there = await DryMongoBinary.locateBinary(options).catch(() => undefined);
  if (there !== undefined) return there;
  if (!forced && !(await hasAddress(HOST))) throw new EngineUnavailable(`连不上 ${HOST}，不能下载 MongoDB`);
  await mkdir(downloadDir, { recursive: true });
  const lock = await takeLock(join(installDir, "download.lock"), {
    waitMs: WAIT_FOR_OTHER,
    onWait: (pid) => log(`进程 ${pid} 正在下载 MongoDB，等它下完`),
    refusal: (pid) => new EngineFailure(`进程 ${pid} 下载 MongoDB 超过 30 分钟；请结束它再试`),
  });
  try {
    return await withProgress(`下载 MongoDB ${VERSION}`, log, () => MongoBinary.getPath(options));
  } catch (error) {
    throw new EngineUnavailable(`下载 MongoDB 没有成功（${error instanceof Error ? error.message : String(error)}）`);
  } finally {
    await lock.release();
  }
}
