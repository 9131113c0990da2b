/** A lock between processes: a file with the process id of its holder. The lock of a dead holder is taken over. */
import { randomUUID } from "node:crypto";
import { link, mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";

const POLL = 100;
/** A takeover takes milliseconds. An older one belongs to a process that was killed during it, ms. */
const TAKEOVER_LIMIT = 10_000;

interface Holder {
  pid: number;
  /**
   * Boot id and start time of the process, so that a reused pid is not mistaken for the holder. Empty where unknown.
   */
  identity: string;
}

export interface Lock {
  release(): Promise<void>;
}

/** The fields of `/proc/<pid>/stat` from the third one, the state, on; empty when there is no such file. */
async function statFields(pid: number): Promise<string[]> {
  const status = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  // The second field is the command and may contain spaces.
  return status === "" ? [] : status.slice(status.lastIndexOf(")") + 2).split(" ");
}

async function identityOf(pid: number): Promise<string> {
  const startTime = (await statFields(pid))[19];
  const boot = await readFile("/proc/sys/kernel/random/boot_id", "utf8").catch(() => "");
  return startTime === undefined ? "" : `${boot.trim()}:${startTime}`;
}

/** Whether the process is running. With `identity`, also whether it is still the same process. */
export async function isAlive(pid: number, identity = ""): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
  }
  // A container without an init process keeps dead processes as zombies.
  if ((await statFields(pid))[0] === "Z") return false;
  return identity === "" || (await identityOf(pid)) === identity;
}

async function readHolder(file: string): Promise<Holder | null> {
  try {
    return JSON.parse(await readFile(file, "utf8")) as Holder;
  } catch {
    return null;
  }
}

/** The pid of the running process that holds the lock, or null. */
export async function holderOf(file: string): Promise<number | null> {
  const holder = await readHolder(file);
  return holder !== null && (await isAlive(holder.pid, holder.identity)) ? holder.pid : null;
}

async function takeOver(file: string, mine: string): Promise<boolean> {
  const guard = `${file}.takeover`;
  try {
    await mkdir(guard);
  } catch {
    const made = await stat(guard).catch(() => null);
    if (made && Date.now() - made.mtimeMs > TAKEOVER_LIMIT) await rm(guard, { recursive: true, force: true });
    return false;
  }
  try {
    if ((await holderOf(file)) !== null) return false;
    await rename(mine, file);
    return true;
  } finally {
    await rm(guard, { recursive: true, force: true });
  }
}

/**
 * Takes the lock. While another process holds it, waits up to `waitMs`, calling `onWait` once with its pid. Then
 * rejects with the error of `refusal`.
 */
export async function takeLock(
  file: string,
  options: { waitMs: number; onWait?: (pid: number) => void; refusal: (pid: number) => Error },
): Promise<Lock> {
  const mine = `${file}.${process.pid}.${randomUUID()}`;
  await writeFile(mine, JSON.stringify({ pid: process.pid, identity: await identityOf(process.pid) } satisfies Holder));
  const deadline = Date.now() + options.waitMs;
  let told = false;
  try {
    for (;;) {
      const linked = await link(mine, file).then(
        () => true,
        () => false,
      );
      if (linked) break;
      const holder = await holderOf(file);
      if (holder === null && (await takeOver(file, mine))) break;
      if (holder !== null && Date.now() >= deadline) throw options.refusal(holder);
      if (holder !== null && !told) {
        told = true;
        options.onWait?.(holder);
      }
      await sleep(POLL);
    }
  } finally {
    await rm(mine, { force: true });
  }
  return { release: () => rm(file, { force: true }) };
}
