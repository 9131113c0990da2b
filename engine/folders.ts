/** The folder of an engine's data: a permanent one, or a temporary one for a run of tests. */
import { randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isAlive } from "./lock.ts";
import type { StartOptions } from "./types.ts";

/** How long a database whose server was killed may take to stop by itself, ms. */
const LEFTOVER_LIMIT = 30_000;

export function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** `dataDir/name`, or a new temporary path. Removes the temporary folders of ended runs. Does not create the folder. */
export async function dataFolder(options: StartOptions, name: string): Promise<string> {
  await mkdir(options.dataDir, { recursive: true });
  for (const entry of await readdir(options.dataDir)) {
    const pid = /^run-(\d+)-/.exec(entry)?.[1];
    if (pid !== undefined && !(await isAlive(Number(pid))))
      await rm(join(options.dataDir, entry), { recursive: true, force: true });
  }
  return join(options.dataDir, options.durable ? name : `run-${process.pid}-${randomUUID().slice(0, 8)}`);
}

/**
 * Waits until a database that a killed server has left behind stops; its death signal has told it to. `pidFile` has its
 * process id. A file whose process is not a database on `folder` is removed.
 */
export async function waitForLeftover(pidFile: string, folder: string): Promise<void> {
  const deadline = Date.now() + LEFTOVER_LIMIT;
  for (;;) {
    const pid = Number((await readFile(pidFile, "utf8").catch(() => "")).split("\n")[0]);
    if (!pid) return;
    const command = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
    if (!(await isAlive(pid)) || !command.includes(folder)) return rm(pidFile, { force: true });
    if (Date.now() > deadline) process.kill(pid, "SIGKILL");
    await sleep(50);
  }
}
