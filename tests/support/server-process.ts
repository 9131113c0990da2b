import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";

const MAIN = join(import.meta.dirname, "../../server/main.ts");

/** A server in its own process, started as by an operator. */
export interface ServerProcess {
  child: ChildProcess;
  base: string;
  /** The address of its health and metrics. */
  ops: string;
  /** The lines that it has printed. */
  lines: string[];
  /** Sends a signal and resolves with the exit code. Null: a signal ended it. */
  end(signal?: NodeJS.Signals): Promise<number | null>;
}

export interface ServerProcessOptions {
  database: { uri: string; name: string };
  /** The folder of keys and anchors. */
  dataDir: string;
  env?: Record<string, string>;
  /** Modules that Node loads before the server. */
  preload?: readonly string[];
}

/** Starts a server and waits until it listens. The caller must end it. */
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
    // All clients of a test have one address, so the limits per address are raised.
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
