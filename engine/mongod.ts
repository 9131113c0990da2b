/**
 * Starts a `mongod` as a replica set with one member, which retryable writes and the majority write concern require.
 */
import { mkdir, rm } from "node:fs/promises";
import { connect, createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Db, MongoClient, MongoServerError } from "mongodb";
import { dataFolder, waitForLeftover } from "./folders.ts";
import { findOnPath, runProgram, type Service, startService } from "./processes.ts";
import { withProgress } from "./progress.ts";
import { supervise } from "./supervise.ts";
import { type Engine, EngineFailure, EngineUnavailable, type StartOptions } from "./types.ts";

/** The oldest MongoDB that the product supports. */
const OLDEST_MAJOR = 7;
const START_LIMIT = 120_000;
const STOP_LIMIT = 30_000;
const NOT_YET_INITIALIZED = 94;

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** The `mongod` on PATH. Throws EngineUnavailable when there is none or it is too old. */
export async function findMongod(): Promise<string> {
  const binary = await findOnPath("mongod");
  if (binary === null) throw new EngineUnavailable("系统里没有 mongod");
  const version = /v(\d+)\.[\d.]+/.exec(await runProgram(binary, ["--version"]));
  if (Number(version?.[1] ?? 0) < OLDEST_MAJOR)
    throw new EngineUnavailable(`系统里的 mongod（${version?.[0] ?? "版本不明"}）低于 ${OLDEST_MAJOR}`);
  return binary;
}

/** Sets the address of the set's member. The port is another one at each start. */
async function configureSet(admin: Db, host: string): Promise<void> {
  try {
    const { config } = await admin.command({ replSetGetConfig: 1 });
    if (config.members[0].host === host) return;
    const members = [{ ...config.members[0], host }];
    await admin.command({ replSetReconfig: { ...config, version: config.version + 1, members }, force: true });
  } catch (error) {
    if (!(error instanceof MongoServerError) || error.code !== NOT_YET_INITIALIZED) throw error;
    await admin.command({ replSetInitiate: { _id: "rs0", members: [{ _id: 0, host }] } });
  }
}

function listening(port: number): Promise<boolean> {
  const socket = connect(port, "127.0.0.1");
  return new Promise<boolean>((resolve) =>
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false)),
  ).finally(() => socket.destroy());
}

/** Configures the set as soon as the server listens, and waits until it accepts writes. */
async function becomePrimary(service: Service, port: number): Promise<void> {
  const host = `127.0.0.1:${port}`;
  const deadline = Date.now() + START_LIMIT;
  let exited = false;
  void service.exited.then(() => (exited = true));
  const until = async (ready: () => Promise<boolean>): Promise<void> => {
    while (!(await ready())) {
      if (exited || Date.now() > deadline)
        throw new EngineFailure(`mongod 没有启动起来，请查看下面的原因后重试：\n${service.output()}`);
      await sleep(50);
    }
  };
  await until(() => listening(port));
  const client = new MongoClient(`mongodb://${host}/?directConnection=true`);
  try {
    const admin = client.db("admin");
    await configureSet(admin, host);
    await until(async () => (await admin.command({ hello: 1 }))["isWritablePrimary"] === true);
  } finally {
    await client.close();
  }
}

/** Starts `binary` on the data folder and waits until it accepts writes. */
export async function startMongod(binary: string, kind: "mongod" | "download", options: StartOptions): Promise<Engine> {
  const folder = await dataFolder(options, "mongod");
  await mkdir(folder, { recursive: true });
  await waitForLeftover(join(folder, "mongod.lock"), folder);
  const port = await freePort();
  const command = [
    binary,
    "--dbpath",
    folder,
    "--port",
    String(port),
    "--bind_ip",
    "127.0.0.1",
    "--replSet",
    "rs0",
    "--oplogSize",
    "128",
  ];
  // The set has no other members, so a stop need not wait for them.
  command.push("--setParameter", "shutdownTimeoutMillisForSignaledShutdown=100", "--quiet");
  const dying = (await findOnPath("setpriv")) === null ? [] : ["setpriv", "--pdeathsig", "TERM", "--"];

  async function start(): Promise<Service> {
    const service = startService([...dying, ...command]);
    try {
      await withProgress("启动 mongod", options.log, () => becomePrimary(service, port));
      return service;
    } catch (error) {
      await service.stop(signal, STOP_LIMIT);
      throw error;
    }
  }

  const signal = options.durable ? "SIGTERM" : "SIGKILL";
  const removeFolder = async (): Promise<void> => {
    if (!options.durable) await rm(folder, { recursive: true, force: true });
  };
  const first = await start().catch(async (error: unknown) => {
    await removeFolder();
    throw error;
  });
  const { lost, stop } = supervise(first, { name: "mongod ", start, log: options.log });
  let stopped: Promise<void> | null = null;
  return {
    uri: `mongodb://127.0.0.1:${port}/?replicaSet=rs0`,
    kind,
    lost,
    stop: () => (stopped ??= stop(signal, STOP_LIMIT).then(removeFolder)),
  };
}
