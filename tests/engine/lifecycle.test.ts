import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MongoClient } from "mongodb";
import { afterEach, beforeEach, describe, expect, inject, it } from "vitest";
import { startEngine } from "../../engine/index.ts";
import { isDatabaseAway } from "../../server/kernel/database-away.ts";

const INSTALL = join(import.meta.dirname, "../../.data/engine");
const RUNNER = join(import.meta.dirname, "run-engine.ts");
let dataDir = "";
const started: ChildProcess[] = [];

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "engine-life-"));
  // Under root the database runs as another user, who must be able to enter this folder.
  await chmod(dataDir, 0o755);
});
afterEach(async () => {
  for (const child of started.splice(0))
    if (child.exitCode === null && child.signalCode === null) child.kill("SIGKILL");
  await expect.poll(() => processesOn(dataDir), { timeout: 10_000 }).toEqual([]);
  await rm(dataDir, { recursive: true, force: true });
});

async function run({ share = false, env = {} } = {}): Promise<{ child: ChildProcess; uri: string }> {
  const child = spawn(process.execPath, [RUNNER, dataDir, INSTALL, ...(share ? ["share"] : [])], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, ...env },
  });
  started.push(child);
  const [uri] = (await once(child.stdout ?? child, "data")) as [Buffer];
  return { child, uri: uri.toString().trim() };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  const exit = once(child, "exit");
  child.kill(signal);
  return ((await exit) as [number | null])[0];
}

/** The processes whose command line contains the folder. */
function processesOn(folder: string): string[] {
  const all = execFileSync("ps", ["-eo", "pid,args"], { encoding: "utf8", maxBuffer: 1 << 24 }).split("\n");
  return all.filter((line) => line.includes(folder));
}

async function withClient<T>(uri: string, work: (client: MongoClient) => Promise<T>): Promise<T> {
  const client = await MongoClient.connect(uri);
  try {
    return await work(client);
  } finally {
    await client.close();
  }
}

const insert = (uri: string, id: number): Promise<unknown> =>
  withClient(uri, (client) => client.db("life").collection<{ _id: number }>("rows").insertOne({ _id: id }));
const count = (uri: string): Promise<number> =>
  withClient(uri, (client) => client.db("life").collection("rows").countDocuments());

describe.skipIf(inject("engineKind") !== "documentdb")("the embedded engine", { timeout: 60_000 }, () => {
  it.each<NodeJS.Signals>(["SIGINT", "SIGTERM"])(
    "stops cleanly on %s, and the next start has the data",
    async (signal) => {
      const first = await run();
      await insert(first.uri, 1);
      expect(await end(first.child, signal)).toBe(0);
      expect(processesOn(dataDir)).toEqual([]);
      expect(await readdir(dataDir)).toEqual(["documentdb-18", "gateway.key"]);
      const second = await run();
      expect(await count(second.uri)).toBe(1);
    },
  );

  it("starts under node --watch, which makes every child report what it reads", async () => {
    const { uri } = await run({ env: { WATCH_REPORT_DEPENDENCIES: "1" } });
    await insert(uri, 1);
    expect(await count(uri)).toBe(1);
  });

  it("shares its engine with a program that asks for it; the engine runs on when that program ends", async () => {
    const server = await run();
    await insert(server.uri, 1);
    const beside = await run({ share: true });
    expect(beside.uri).toBe(server.uri);
    // It has nothing left to do, so it exits by itself.
    await expect.poll(() => beside.child.exitCode, { timeout: 10_000 }).toBe(0);
    expect(await count(server.uri)).toBe(1);
  });

  it("is not shared after it was killed: the program starts its own engine on the same data", async () => {
    const server = await run();
    await insert(server.uri, 1);
    await end(server.child, "SIGKILL");
    const alone = await run({ share: true });
    expect(await count(alone.uri)).toBe(1);
  });

  it("loses nothing that was acknowledged before kill -9, and leaves no process behind", async () => {
    for (let round = 1; round <= 3; round++) {
      const { child, uri } = await run();
      await insert(uri, round);
      await end(child, "SIGKILL");
    }
    const last = await run();
    expect(await count(last.uri)).toBe(3);
    await end(last.child, "SIGKILL");
    await expect.poll(() => processesOn(dataDir), { timeout: 10_000 }).toEqual([]);
  });

  it("recovers after the server and its database were killed", async () => {
    const { child, uri } = await run();
    await insert(uri, 1);
    const postmaster = Number.parseInt(processesOn(dataDir).find((line) => line.includes(" -D ")) ?? "", 10);
    // 0 or NaN would signal this test's own process group.
    expect(postmaster).toBeGreaterThan(1);
    process.kill(postmaster, "SIGKILL");
    await end(child, "SIGKILL");
    expect(await count((await run()).uri)).toBe(1);
  });

  it("ends a process of its dead database that does not notice the death", async () => {
    const { uri } = await run();
    await insert(uri, 1);
    const postmaster = Number.parseInt(processesOn(dataDir).find((line) => line.includes(" -D ")) ?? "", 10);
    expect(postmaster).toBeGreaterThan(1);
    const children = execFileSync("ps", ["-o", "pid=", "--ppid", String(postmaster)], { encoding: "utf8" }).trim();
    const stuck = Number(children.split("\n")[0]);
    // It holds the shared memory, and a stopped process notices nothing.
    process.kill(stuck, "SIGSTOP");
    process.kill(postmaster, "SIGKILL");
    await expect.poll(() => count(uri).catch(() => null), { timeout: 50_000 }).toBe(1);
  });

  it("refuses a second start on the same data and names the holder", async () => {
    const { child } = await run();
    const second = startEngine({ dataDir, installDir: INSTALL, choice: "documentdb", log: () => undefined });
    await expect(second).rejects.toThrow(`正被进程 ${child.pid} 使用`);
  });

  it("starts its database again when that dies, at the same address, with what was acknowledged", async () => {
    const { uri } = await run();
    await withClient(uri, async (client) => {
      const rows = client.db("life").collection<{ _id: number }>("rows");
      for (let round = 1; round <= 2; round++) {
        await rows.insertOne({ _id: round });
        const postmaster = Number.parseInt(processesOn(dataDir).find((line) => line.includes(" -D ")) ?? "", 10);
        expect(postmaster).toBeGreaterThan(1);
        process.kill(postmaster, "SIGKILL");
        const refused: unknown = await rows.countDocuments().catch((error: unknown) => error);
        if (refused instanceof Error) expect(isDatabaseAway(refused), String(refused)).toBe(true);
        await expect.poll(() => rows.countDocuments().catch(() => -1), { timeout: 30_000 }).toBe(round);
      }
    });
  });

  it("starts its gateway again when that dies, at the same address", async () => {
    const lines: string[] = [];
    const engine = await startEngine({
      dataDir,
      installDir: INSTALL,
      choice: "documentdb",
      log: (line) => lines.push(line),
    });
    await withClient(engine.uri, async (client) => {
      const rows = client.db("life").collection<{ _id: number }>("rows");
      await rows.insertOne({ _id: 1 });
      const { pid } = await client.db("admin").command({ serverStatus: 1 });
      expect(pid).toBeGreaterThan(1);
      process.kill(pid, "SIGKILL");
      await expect.poll(() => rows.countDocuments().catch(() => -1), { timeout: 10_000 }).toBe(1);
    });
    expect(lines.some((line) => line.includes("网关意外退出"))).toBe(true);
    await engine.stop();
    await engine.stop();
  });

  it("deletes temporary data at the end, and those of runs that were killed", async () => {
    await mkdir(join(dataDir, "run-999999999-abc"));
    const engine = await startEngine({
      dataDir,
      installDir: INSTALL,
      choice: "documentdb",
      durable: false,
      log: () => undefined,
    });
    expect(await readdir(dataDir)).toEqual([expect.stringMatching(`^run-${process.pid}-`)]);
    await engine.stop();
    expect(await readdir(dataDir)).toEqual([]);
  });
});
