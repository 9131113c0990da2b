import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { takeLock } from "../../engine/lock.ts";

let folder = "";
let file = "";
const refusal = (pid: number): Error => new Error(`held by ${pid}`);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "engine-lock-"));
  file = join(folder, "lock");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function deadPid(): Promise<number> {
  const child = spawn("true");
  await once(child, "exit");
  return child.pid ?? 0;
}

describe("a lock", () => {
  it("has one holder at a time, and leaves no file behind", async () => {
    let inside = 0;
    let most = 0;
    const enter = async (): Promise<void> => {
      const lock = await takeLock(file, { waitMs: 20_000, refusal });
      most = Math.max(most, ++inside);
      await new Promise((resolve) => setImmediate(resolve));
      inside--;
      await lock.release();
    };
    await Promise.all(Array.from({ length: 8 }, enter));
    expect(most).toBe(1);
    expect(await readdir(folder)).toEqual([]);
  });

  it("names its holder in the refusal", async () => {
    await takeLock(file, { waitMs: 0, refusal });
    const waited: number[] = [];
    await expect(takeLock(file, { waitMs: 150, onWait: (pid) => waited.push(pid), refusal })).rejects.toThrow(
      `held by ${process.pid}`,
    );
    expect(waited).toEqual([process.pid]);
    expect(await readdir(folder)).toEqual(["lock"]);
  });

  it.each<[string, () => Promise<string>]>([
    ["a process that is gone", async () => JSON.stringify({ pid: await deadPid(), identity: "" })],
    [
      "a process whose pid another one has now",
      async () => JSON.stringify({ pid: process.pid, identity: "another boot:1" }),
    ],
    ["a file that was not written to its end", async () => '{"pid":'],
  ])("is taken over from %s", async (_, holder) => {
    await writeFile(file, await holder());
    await takeLock(file, { waitMs: 0, refusal });
    expect(JSON.parse(await readFile(file, "utf8"))).toMatchObject({ pid: process.pid });
  });

  it("is taken over by one only", async () => {
    await writeFile(file, JSON.stringify({ pid: await deadPid(), identity: "" }));
    const results = await Promise.allSettled(Array.from({ length: 6 }, () => takeLock(file, { waitMs: 0, refusal })));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });
});
