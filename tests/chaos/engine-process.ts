import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";
import { type Db, MongoClient } from "mongodb";

const RUNNER = join(import.meta.dirname, "../engine/run-engine.ts");
const INSTALL = join(import.meta.dirname, "../../.data/engine");
/** The pause between attempts to start, ms. Directly after a kill the dead process may still hold its shared memory. */
const AGAIN_MS = 500;
const TRIES = 200;

export type EnginePart = "gateway" | "postgres";

/** The embedded engine, durable as in production, in its own process, which can be killed. */
export interface EngineProcess {
  port: number;
  /** User and key in the form of a URI. They are the same after each start. */
  userInfo: string;
  /** Kills the database and its parent with `kill -9`, then starts it again on the same data. */
  killAndStart(): Promise<void>;
  /**
   * Kills these parts with `kill -9`. Their parent starts them again at the same address. Resolves when the engine
   * answers again.
   */
  killParts(parts: readonly EnginePart[]): Promise<void>;
  stop(): Promise<void>;
}

/** Kills a process with `kill -9`. A process that has already ended is no error. */
function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

export async function startEngineProcess(dataDir: string, env: Record<string, string> = {}): Promise<EngineProcess> {
  let child: ChildProcess | null = null;
  const engine = { port: 0, userInfo: "" };

  async function start(): Promise<void> {
    for (let n = 0; n < TRIES; n++) {
      const started = spawn(process.execPath, [RUNNER, dataDir, INSTALL], {
        stdio: ["ignore", "pipe", "ignore"],
        env: { ...process.env, ...env },
      });
      const uri = await Promise.race([
        once(createInterface({ input: started.stdout }), "line").then(([line]) => String(line)),
        once(started, "exit").then(() => null),
      ]);
      if (uri) {
        child = started;
        const { port, username, password } = new URL(uri.replace("mongodb:", "http:"));
        engine.port = Number(port);
        engine.userInfo = `${username}:${password}`;
        return;
      }
      await wait(AGAIN_MS);
    }
    throw new Error("the engine does not start any more");
  }

  /** The process id of PostgreSQL; null while it is starting. */
  async function postgres(): Promise<number | null> {
    const folder = (await readdir(dataDir)).find((name) => name.startsWith("documentdb-"));
    const written = await readFile(join(dataDir, folder ?? "", "data", "postmaster.pid"), "utf8").catch(() => "");
    return Number(written.split("\n")[0]) || null;
  }

  /** The answer of the engine; null when it does not answer. */
  async function ask<T>(question: (db: Db) => Promise<T>): Promise<T | null> {
    const uri = `mongodb://${engine.userInfo}@127.0.0.1:${engine.port}/?directConnection=true&authMechanism=SCRAM-SHA-256`;
    const client = new MongoClient(uri, {
      serverSelectionTimeoutMS: 500,
      socketTimeoutMS: 2_000,
    });
    return question(client.db("admin"))
      .catch(() => null)
      .finally(() => client.close());
  }

  const gateway = async (): Promise<number | null> =>
    Number((await ask((db) => db.command({ serverStatus: 1 })))?.["pid"]) || null;

  async function killParts(parts: readonly EnginePart[]): Promise<void> {
    const pids = await Promise.all(parts.map((part) => (part === "gateway" ? gateway() : postgres())));
    for (const pid of pids) if (pid) kill(pid);
    for (let n = 0; n < TRIES; n++) {
      if (await ask((db) => db.collection("nothing").find().toArray())) return;
      await wait(AGAIN_MS / 5);
    }
    throw new Error("the engine does not come back by itself");
  }

  async function killAndStart(): Promise<void> {
    const postmaster = await postgres();
    const gone = child && once(child, "exit");
    if (postmaster) kill(postmaster);
    child?.kill("SIGKILL");
    await gone;
    await start();
  }

  await start();
  let turn = Promise.resolve();
  return {
    get port() {
      return engine.port;
    },
    userInfo: engine.userInfo,
    // Kills run one after the other, because two faults may call this at the same time.
    killAndStart: () => (turn = turn.then(killAndStart)),
    killParts: (parts) => (turn = turn.then(() => killParts(parts))),
    async stop() {
      const gone = child && once(child, "exit");
      child?.kill("SIGTERM");
      await gone;
    },
  };
}
