/** The embedded engine: DocumentDB with the gateway in front of it. */
import { createHash } from "node:crypto";
import { mkdir, readdir, rm, symlink } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { dataFolder, exists } from "../folders.ts";
import { type Service, startService, unprivilegedMayWalk } from "../processes.ts";
import { type Supervised, supervise } from "../supervise.ts";
import { type Engine, EngineFailure, EngineUnavailable, type StartOptions } from "../types.ts";
import { USER } from "../gateway/scram.ts";
import { startCluster } from "./cluster.ts";
import { ensureInstalled } from "./install.ts";
import { gatewayKey } from "./key.ts";
import { copyTemplate, ensureTemplate } from "./template.ts";

const GATEWAY = fileURLToPath(new URL("../gateway/main.ts", import.meta.url));
/** The folder for data when the database's user cannot access the configured one. */
const OUTSIDE = "/var/lib/dianxiaoer";
const GATEWAY_STOP_LIMIT = 3_000;

/** Starts the gateway's process and waits for its port. */
async function startGatewayProcess(
  socketPath: string,
  key: string,
  port: number,
): Promise<{ service: Service; port: number }> {
  const service = startService([process.execPath, GATEWAY, socketPath, String(port)], { ipc: true });
  // Who reads the list of processes does not read it. One that has died by now is seen by its exit.
  service.child.send({ key }, () => undefined);
  const taken = await new Promise<number>((resolve, reject) => {
    // Under `node --watch`, a child also reports the files that it reads on this channel.
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
  key: string,
  log: (line: string) => void,
): Promise<{ port: number; lost: Supervised["lost"]; stop(): Promise<void> }> {
  const { service, port } = await startGatewayProcess(socketPath, key, 0);
  const start = async (): Promise<Service> => (await startGatewayProcess(socketPath, key, port)).service;
  const { lost, stop } = supervise(service, { name: "数据库网关", start, log });
  return { port, lost, stop: () => stop("SIGTERM", GATEWAY_STOP_LIMIT) };
}

/** Throws when the data belong to another major version of PostgreSQL, which cannot read them. */
async function refuseOtherMajor(dataDir: string, major: number): Promise<void> {
  const majors = (await readdir(dataDir)).flatMap((name) => /^documentdb-(\d+)$/.exec(name)?.[1] ?? []).map(Number);
  if (majors.length === 0 || majors.includes(major)) return;
  throw new EngineFailure(
    `${dataDir} 里的数据属于 PostgreSQL ${majors[0]}，现在装的是 ${major}；请换回原来的组件目录，或换一个数据目录`,
  );
}

/**
 * The folders of data and engine. When this process is root, the database runs as another user, who cannot access
 * root's home. The folders are then in {@link OUTSIDE}, and the data folder gets a link.
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

/**
 * Starts DocumentDB on `dataDir`, installing it first if necessary. Throws EngineUnavailable when that is impossible.
 */
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
  const stopCluster = async (): Promise<void> => {
    await cluster.stop();
    if (!options.durable) await rm(folder, { recursive: true, force: true });
  };
  try {
    const key = await gatewayKey(asked.dataDir, options.durable);
    const gateway = await superviseGateway(cluster.socketPath, key, options.log);
    let stopped: Promise<void> | null = null;
    return {
      uri: `mongodb://${USER}:${key}@127.0.0.1:${gateway.port}/?replicaSet=rs0&authMechanism=SCRAM-SHA-256`,
      kind: "documentdb",
      lost: Promise.race([cluster.lost, gateway.lost]),
      stop: () => (stopped ??= gateway.stop().then(stopCluster)),
    };
  } catch (error) {
    await stopCluster();
    throw error;
  }
}
