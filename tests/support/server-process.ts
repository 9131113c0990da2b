import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";

const MAIN = join(import.meta.dirname, "../../server/main.ts");

/** A whole server as a process of its own, as an operator starts it. */
export interface ServerProcess {
  child: ChildProcess;
  base: string;
  /** Where it tells how it is. */
  ops: string;
  /** What it has printed. */
  lines: string[];
  /** Sends a signal; its exit code (null: a signal ended it). */
  end(signal?: NodeJS.Signals): Promise<number | null>;
}

export interface ServerProcessOptions {
  database: { uri: string; name: string };
  /** Keys, anchors. */
  dataDir: string;
  env?: Record<string, string>;
  /** Modules that node loads before the server. */
  preload?: readonly string[];
}

/** Starts a server and waits until it has opened. Whoever starts it ends it. */
export async function startServer({
  database,
  dataDir,
  env = {},
  preload = [],
}: ServerProcessOptions): Promise<ServerProcess> {
  const variables = {
    PATH: process.env["PATH"],
    MONGODB_URI: database.uri,
    MONGODB_DATABASE: database.name,
    DATA_DIR: dataDir,
    DEMO: "false",
    PORT: "0",
    OPS_PORT: "0",
    LOG_LEVEL: "warn",
    // Everybody of a test is one address.
    LIMITS_FACTOR: "1000",
    ...env,
  };
  const child = spawn(process.execPath, [...preload.map((path) => `--import=${path}`), MAIN], {
    env: variables,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const lines: string[] = [];
  const ended = once(child, "close") as Promise<[number | null]>;
  const found = new Promise<[string, string]>((resolve, reject) => {
    let base = "";
    const hear = (line: string): void => {
      lines.push(line);
      base ||= /手机端 +(http\S+?)\/?$/.exec(line)?.[1] ?? "";
      const ops = /运行指标 +(http\S+?)\/metrics$/.exec(line)?.[1];
      if (ops) resolve([base, ops]);
    };
    createInterface({ input: child.stdout }).on("line", hear);
    createInterface({ input: child.stderr }).on("line", hear);
    void ended.then(([code]) => reject(new Error(`the server ended with ${code}:\n${lines.join("\n")}`)));
  });
  const [base, ops] = await found;
  return {
    child,
    base,
    ops,
    lines,
    async end(signal = "SIGTERM") {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      const [code] = await ended;
      return code;
    },
  };
}
