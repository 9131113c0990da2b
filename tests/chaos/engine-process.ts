import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";

const RUNNER = join(import.meta.dirname, "../engine/run-engine.ts");
const INSTALL = join(import.meta.dirname, "../../.data/engine");
/** A start right after a kill may find the dead one's memory still held, ms. */
const AGAIN_MS = 500;
const TRIES = 40;

/** The embedded engine, durable as in production, as a process of its own that can be killed. */
export interface EngineProcess {
  port: number;
  /** `kill -9` of the database and of the program that holds it; then it is started anew on what it left. */
  killAndStart(): Promise<void>;
  stop(): Promise<void>;
}

export async function startEngineProcess(dataDir: string, env: Record<string, string> = {}): Promise<EngineProcess> {
  let child: ChildProcess | null = null;
  const engine = { port: 0 };

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
        engine.port = Number(new URL(uri.replace("mongodb:", "http:")).port);
        return;
      }
      await wait(AGAIN_MS);
    }
    throw new Error("the engine does not start any more");
  }

  async function killAndStart(): Promise<void> {
    const folder = (await readdir(dataDir)).find((name) => name.startsWith("documentdb-"));
    const postmaster = Number(
      (await readFile(join(dataDir, folder ?? "", "data", "postmaster.pid"), "utf8")).split("\n")[0],
    );
    const gone = child && once(child, "exit");
    process.kill(postmaster, "SIGKILL");
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
    // One after the other: two faults may both want it.
    killAndStart: () => (turn = turn.then(killAndStart)),
    async stop() {
      const gone = child && once(child, "exit");
      child?.kill("SIGTERM");
      await gone;
    },
  };
}
