/** The embedded engine: DocumentDB and the gateway in front of it. */
import { createHash } from "node:crypto";
import { mkdir, readdir, rm, symlink } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { dataFolder, exists } from "../folders.ts";
import { type Service, startService, unprivilegedMayWalk } from "../processes.ts";
import { type Engine, EngineFailure, EngineUnavailable, type StartOptions } from "../types.ts";
import { startCluster } from "./cluster.ts";
import { ensureInstalled } from "./install.ts";
import { copyTemplate, ensureTemplate } from "./template.ts";

const GATEWAY = fileURLToPath(new URL("../gateway/main.ts", import.meta.url));
/** Where data goes that the database's user could not reach. */
const OUTSIDE = "/var/lib/dianxiaoer";
const GATEWAY_STOP_LIMIT = 3_000;
/** A gateway that dies this often within a minute is not started again. */
const MAX_RESTARTS = 5;

/** Starts the gateway's process and waits for its port. */
async function startGatewayProcess(socketPath: string, port: number): Promise<{ service: Service; port: number }> {
  const service = startService([process.execPath, GATEWAY, socketPath, String(port)], { ipc: true });
  const taken = await new Promise<number>((resolve, reject) => {
    // Under `node --watch` a child also reports, on the same channel, which files it has read.
    service.child.on("message", (message: { port?: number }) => {
      if (message.port !== undefined) resolve(message.port);
    });
    void service.exited.then(() => reject(new EngineFailure(`数据库网关没有启动起来：${service.output()}`)));
  });
  return { service, port: taken };
}

/** Keeps a gateway running on one port until `stop`. */
async function superviseGateway(
  socketPath: string,
  log: (line: string) => void,
): Promise<{ port: number; stop(): Promise<void> }> {
  const first = await startGatewayProcess(socketPath, 0);
  let current = first.service;
  let stopping = false;
  const deaths: number[] = [];
  const watch = (service: Service): void => {
    void service.exited.then(async () => {
      if (stopping) return;
      deaths.push(Date.now());
      if (deaths.filter((time) => Date.now() - time < 60_000).length > MAX_RESTARTS) {
        log("数据库网关一再意外退出，请重新启动服务");
        return;
      }
      log("数据库网关意外退出，正在重新启动");
      try {
        const next = await startGatewayProcess(socketPath, first.port);
        current = next.service;
        if (stopping) await current.stop("SIGTERM", GATEWAY_STOP_LIMIT);
        else watch(current);
      } catch (error) {
        log(error instanceof Error ? error.message : String(error));
      }
    });
  };
  watch(current);
  return {
    port: first.port,
    async stop() {
      stopping = true;
      await current.stop("SIGTERM", GATEWAY_STOP_LIMIT);
    },
  };
}

/** The data's own major version must be the installed one: PostgreSQL does not read across them. */
async function refuseOtherMajor(dataDir: string, major: number): Promise<void> {
  const majors = (await readdir(dataDir)).flatMap((name) => /^documentdb-(\d+)$/.exec(name)?.[1] ?? []).map(Number);
  if (majors.length === 0 || majors.includes(major)) return;
  throw new EngineFailure(
    `${dataDir} 里的数据属于 PostgreSQL ${majors[0]}，现在装的是 ${major}；请换回原来的组件目录，或换一个数据目录`,
  );
}

/**
 * Where things are kept. As root the database runs as another user, to whom root's home is closed: then they are kept
 * outside, and the data folder gets a link.
 */
async function openPlaces(options: StartOptions): Promise<StartOptions> {
  await mkdir(options.dataDir, { recursive: true });
  await mkdir(options.installDir, { recursive: true });
  if ((await unprivilegedMayWalk(options.dataDir)) && (await unprivilegedMayWalk(options.installDir))) return options;
  const own = createHash("sha256").update(options.dataDir).digest("hex").slice(0, 12);
  const dataDir = join(OUTSIDE, own);
  options.log(`数据库用的 nobody 用户进不了 ${options.dataDir}，数据放在 ${dataDir}`);
  return { ...options, dataDir, installDir: join(OUTSIDE, "engine") };
}

/** Starts DocumentDB on `dataDir`, installing it first if need be. Throws EngineUnavailable where it cannot be had. */
export async function startDocumentDb(asked: StartOptions): Promise<Engine> {
  if (process.platform !== "linux") throw new EngineUnavailable("DocumentDB 只能装在 Debian 系统上");
  const options = await openPlaces(asked);
  const installation = await ensureInstalled(options.installDir, options.log);
  const template = await ensureTemplate(installation, options.installDir, options.log);
  const folder = await dataFolder(options, `documentdb-${installation.major}`);
  if (options.durable) await refuseOtherMajor(options.dataDir, installation.major);
  if (!(await exists(folder))) await copyTemplate(template, folder);
  const link = join(asked.dataDir, basename(folder));
  if (options.durable && !(await exists(link))) await rm(link, { force: true }).then(() => symlink(folder, link));
  const cluster = await startCluster(installation, folder, options.durable, options.log);
  let stopping = false;
  void cluster.service.exited.then(() => {
    if (!stopping) options.log("数据库意外停止，请重新启动服务");
  });
  const stopCluster = async (): Promise<void> => {
    stopping = true;
    await cluster.stop();
    if (!options.durable) await rm(folder, { recursive: true, force: true });
  };
  try {
    const gateway = await superviseGateway(cluster.socketPath, options.log);
    let stopped: Promise<void> | null = null;
    return {
      uri: `mongodb://127.0.0.1:${gateway.port}/?replicaSet=rs0`,
      kind: "documentdb",
      stop: () => (stopped ??= gateway.stop().then(stopCluster)),
    };
  } catch (error) {
    await stopCluster();
    throw error;
  }
}
