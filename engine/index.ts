/** The database behind the server: one that is given, or an embedded one in the order mongod, download, DocumentDB. */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { startDocumentDb } from "./documentdb/start.ts";
import { takeLock } from "./lock.ts";
import type { Engine, EngineOptions } from "./types.ts";

export type { Engine, EngineKind, EngineOptions } from "./types.ts";

/** Starts or finds an engine. */
export async function startEngine(options: EngineOptions): Promise<Engine> {
  if (options.uri) return { uri: options.uri, kind: "given", stop: async () => undefined };
  const durable = options.durable ?? true;
  const installDir = options.installDir ?? join(options.dataDir, "engine");
  await mkdir(options.dataDir, { recursive: true });
  const lock = durable
    ? await takeLock(join(options.dataDir, "engine.lock"), { waitMs: 0, refusal: (pid) => new Error(`数据目录 ${options.dataDir} 正被进程 ${pid} 使用`) })
    : null;
  const engine = await startDocumentDb({ dataDir: options.dataDir, installDir, durable, log: options.log });
  return { ...engine, stop: () => engine.stop().then(() => lock?.release()) };
}
