import { systemClock } from "../../server/kernel/clock.ts";
import { type ChildProcess, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, open, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Connection } from "mongoose";
import { type Engine, startEngine } from "../../engine/index.ts";
import { type Keys, loadKeys } from "../../server/adapters/keys/keys.ts";
import { ensureSchema } from "../../server/operations/schema.ts";
import { connect, prepareDatabase } from "../../server/core/store/connection.ts";
import type { Store } from "../../server/core/store/store.ts";
import type { HandlingCycleRepository } from "../../server/modules/figures/store/handling-cycles.ts";
import type { RollupRepository } from "../../server/modules/figures/store/rollups.ts";
import type { ExportRepository } from "../../server/modules/exports/store/exports.ts";
import { openStore } from "../../server/open-store.ts";
import { startFakeWeChat } from "../../server/adapters/wechat/fake/fake.ts";
import { root } from "../../tools/run.ts";
import type { Done, Job } from "./worker.ts";

const DATABASE = "bench";

/** A server process of the product, started as in production. */
export interface ServerProcess {
  port: number;
  /** The port of its health and metrics. */
  opsPort: number;
  pid: number;
  stop(): Promise<void>;
}

/** The environment of a measurement: an embedded engine, its database, and processes. */
export interface Stage {
  uri: string;
  database: string;
  folder: string;
  connection: Connection;
  store: Store;
  exports: ExportRepository;
  handlingCycles: HandlingCycleRepository;
  rollups: RollupRepository;
  keys: Keys;
  /** Starts another server of the product on the same database. */
  serve(): Promise<ServerProcess>;
  /** Runs a program of this folder, which sends a message when it is ready. */
  run(program: string, args: readonly string[]): Promise<{ ready: unknown; pid: number; stop(): Promise<void> }>;
  /** Runs a job in the process of the load generator. */
  load<J extends Job>(job: J): Promise<Done<J>>;
  close(): Promise<void>;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill("SIGTERM");
  const killer = setTimeout(() => child.kill("SIGKILL"), 10_000);
  await gone;
  clearTimeout(killer);
}

/** The first message of a child process. Rejects when it exits without one. */
const told = <T>(child: ChildProcess): Promise<T> =>
  new Promise((resolve, reject) => {
    child.once("message", (message) => resolve(message as T));
    child.once("exit", (code) => reject(new Error(`a process of the bench ended with ${code}`)));
  });

/** Opens a stage in a new folder. `nodeArgs` are Node's arguments for the servers, such as `--cpu-prof`. */
export async function openStage({ nodeArgs = [] }: { nodeArgs?: readonly string[] } = {}): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), "dianxiaoer-load-"));
  // Under root the database runs as another user. If that user could not enter this folder, it would put its data
  // elsewhere, where they would not be removed.
  await chmod(folder, 0o755);
  const closing: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })];
  const engine: Engine = await startEngine({
    dataDir: join(folder, "data"),
    installDir: join(root, ".data/engine"),
    log: (line) => console.log(line),
  });
  closing.push(() => engine.stop());
  const connection = await connect(engine.uri, DATABASE);
  closing.push(() => connection.close());
  const { store, exports, handlingCycles, rollups } = openStore(connection);
  await ensureSchema({ connection, store, clock: systemClock, holder: "bench", say: console.log }, { ask: true });
  await prepareDatabase(connection);
  const keysFile = join(folder, "keys.json");
  const keys = await loadKeys(keysFile);
  const wechat = await startFakeWeChat();
  closing.push(() => wechat.stop());
  const worker = fork(join(import.meta.dirname, "worker.ts"));
  closing.push(() => end(worker));
  let served = 0;

  async function serve(): Promise<ServerProcess> {
    const name = join(folder, `server-${++served}`);
    const log = await open(`${name}.log`, "w");
    const child = spawn(process.execPath, [...nodeArgs, join(root, "server/main.ts")], {
      cwd: folder,
      stdio: ["ignore", log.fd, log.fd],
      env: {
        ...process.env,
        ...{ NODE_ENV: "production", PORT: "0", OPS_PORT: "0", MONGODB_URI: engine.uri, MONGODB_DATABASE: DATABASE },
        ...{
          DATA_DIR: name,
          KEYS_FILE: keysFile,
          PUBLIC_URL: "https://127.0.0.1",
          WECHAT_PUSH_TOKEN: "benchbenchbenchbench",
        },
        ...{ WECHAT_APP_ID: wechat.settings.appId, WECHAT_APP_SECRET: wechat.settings.secret },
        // All clients have the same address, so the limits per address are raised.
        ...{ WECHAT_BASE_URL: wechat.settings.baseUrl, LIMITS_FACTOR: "100000" },
      },
    });
    const stop = async (): Promise<void> => {
      await end(child);
      await log.close();
    };
    closing.push(stop);
    for (;;) {
      const said = await readFile(`${name}.log`, "utf8");
      const port = /控制台 +http:\/\/127\.0\.0\.1:(\d+)/.exec(said)?.[1];
      const opsPort = /运行指标 +http:\/\/127\.0\.0\.1:(\d+)/.exec(said)?.[1];
      if (port && opsPort) return { port: Number(port), opsPort: Number(opsPort), pid: child.pid ?? 0, stop };
      if (child.exitCode !== null) throw new Error(`the server did not start: ${said}`);
      await sleep(50);
    }
  }

  return {
    ...{
      uri: engine.uri,
      database: DATABASE,
      folder,
      connection,
      store,
      exports,
      handlingCycles,
      rollups,
      keys,
      serve,
    },
    async run(program, args) {
      const child = fork(join(import.meta.dirname, program), args, {
        // parse-server writes its logs to the working directory, whatever its settings are.
        cwd: folder,
        stdio: ["ignore", "ignore", "inherit", "ipc"],
        execArgv: [...nodeArgs],
      });
      closing.push(() => end(child));
      return { ready: await told<unknown>(child), pid: child.pid ?? 0, stop: () => end(child) };
    },
    async load<J extends Job>(job: J) {
      const answer = told<{ done: Done<J> } | { failed: string }>(worker);
      worker.send(job);
      const said = await answer;
      worker.removeAllListeners("exit");
      if ("failed" in said) throw new Error(said.failed);
      return said.done;
    },
    async close() {
      for (const step of closing.toReversed()) await step();
    },
  };
}
