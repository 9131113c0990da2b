/** Child processes that end with this process, and that stop in a bounded time. */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { access, constants } from "node:fs/promises";
import { delimiter, join } from "node:path";

/**
 * The user id of the database when this process is root, since the database refuses to run as root. It is `nobody` on
 * Linux.
 */
export const UNPRIVILEGED = 65534;
const DROP_ROOT = ["--reuid", `${UNPRIVILEGED}`, "--regid", `${UNPRIVILEGED}`, "--clear-groups"];

/** A running child process. */
export interface Service {
  child: ChildProcess;
  exited: Promise<void>;
  /** The last lines of its output, for error messages. */
  output(): string;
  /** Sends `signal`, and SIGKILL after `limitMs`. */
  stop(signal: NodeJS.Signals, limitMs: number): Promise<void>;
}

/** The path of a program, or null when it is not on PATH. */
export async function findOnPath(program: string): Promise<string | null> {
  for (const folder of (process.env["PATH"] ?? "").split(delimiter)) {
    const file = join(folder, program);
    const found =
      folder !== "" &&
      (await access(file, constants.X_OK).then(
        () => true,
        () => false,
      ));
    if (found) return file;
  }
  return null;
}

/** Runs a program to its end and returns its output. When it fails, rejects with its last lines. */
export function runProgram(
  program: string,
  args: string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(program, args, { maxBuffer: 64 * 1024 * 1024, ...options }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new Error(`${program}: ${stderr.trim().split("\n").slice(-4).join(" ") || error.message}`));
    });
  });
}

export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** Whether the database's user may access a folder. Always true when this process is not root. */
export async function unprivilegedMayWalk(folder: string): Promise<boolean> {
  if (!isRoot()) return true;
  return runProgram("setpriv", [...DROP_ROOT, "test", "-x", folder]).then(
    () => true,
    () => false,
  );
}

/**
 * The command line that drops root privileges and ends with this process: `setpriv` sends `deathSignal` when this
 * process ends for any reason. It must be inside the change of user, which would clear the signal.
 */
export function unprivileged(command: string[], deathSignal: string): string[] {
  const dying = ["setpriv", "--pdeathsig", deathSignal, "--", ...command];
  return isRoot() ? ["setpriv", ...DROP_ROOT, ...dying] : dying;
}

/** Starts a child in its own session, so that a Ctrl-C in the terminal only reaches this process. */
export function startService(command: string[], options: { ipc?: boolean; cwd?: string } = {}): Service {
  const [program = "", ...args] = command;
  const child = spawn(program, args, {
    detached: true,
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    stdio: ["ignore", "pipe", "pipe", ...(options.ipc === true ? (["ipc"] as const) : [])],
  });
  let tail = "";
  const keep = (chunk: Buffer): void => {
    tail = (tail + chunk.toString()).slice(-2000);
  };
  child.stdout?.on("data", keep);
  child.stderr?.on("data", keep);
  let running = true;
  const exited = new Promise<void>((resolve) => {
    child.once("error", (error) => {
      running = false;
      tail += error.message;
      resolve();
    });
    child.once("exit", () => {
      running = false;
      resolve();
    });
  });
  return {
    child,
    exited,
    output: () => tail.trim().split("\n").slice(-5).join("\n"),
    async stop(signal, limitMs) {
      if (!running) return;
      child.kill(signal);
      const force = setTimeout(() => child.kill("SIGKILL"), limitMs);
      await exited;
      clearTimeout(force);
    },
  };
}
