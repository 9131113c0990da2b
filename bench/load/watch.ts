import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import type { Stage } from "./stage.ts";

/** A process's CPU time so far, user and system, in seconds. Linux counts it in hundredths. */
export async function cpuSeconds(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** A process's memory in MB: current and peak. */
export async function memory(pid: number): Promise<{ now: number; peak: number }> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  const kilobytes = (name: string): number => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]);
  return { now: kilobytes("VmRSS") / 1024, peak: kilobytes("VmHWM") / 1024 };
}

/** The longest time that a relay may take to catch up, ms. */
const PATIENCE_MS = 120_000;
/** The consumers of the log. */
export const CONSUMERS = ["co-tasks", "notices", "deliveries", "figures", "erasure"];

/** Waits until every event is in the log and every consumer has read it. Returns how long that took, ms. */
export async function drained({ connection, store }: Stage, communityIds: readonly string[]): Promise<number> {
  const started = performance.now();
  const requests = connection.collection("requests");
  const behind = async (communityId: string): Promise<boolean> => {
    const end = (await store.log.tail(communityId))?.pos ?? 0;
    const positions = await Promise.all(CONSUMERS.map((name) => store.partitions.offset(name, communityId)));
    return positions.some((pos) => pos < end);
  };
  for (;;) {
    const waiting = await requests.findOne({ outboxPartitions: { $exists: true } }, { projection: { _id: 1 } });
    if (!waiting && !(await Promise.all(communityIds.map(behind))).includes(true)) return performance.now() - started;
    if (performance.now() - started > PATIENCE_MS) throw new Error("the relay does not come to an end");
    await sleep(25);
  }
}
