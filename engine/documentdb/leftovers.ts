/** Processes of a dead PostgreSQL that do not notice its death. */
import { readFile, readdir, readlink, realpath } from "node:fs/promises";

/**
 * Ends the processes of a PostgreSQL whose main process is dead. One that is busy or stopped does not notice the death,
 * and no new server may start while it holds the shared memory. `data`: the data folder, in which each of them runs.
 * Must not be called while a server runs there.
 */
export async function endLeftovers(data: string): Promise<void> {
  const folder = await realpath(data);
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  for (const pid of pids) {
    // Processes of other users cannot be read; they are not ours.
    const cwd = await readlink(`/proc/${pid}/cwd`).catch(() => "");
    const command = cwd === folder ? await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "") : "";
    if (!command.includes("postgres")) continue;
    try {
      process.kill(Number(pid), "SIGKILL");
    } catch {
      // It has ended meanwhile.
    }
  }
}
