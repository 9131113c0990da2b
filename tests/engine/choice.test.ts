import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, describe, expect, inject, it, vi } from "vitest";
import { hasAddress } from "../../engine/download.ts";
import { type Engine, type EngineOptions, startEngine } from "../../engine/index.ts";

const INSTALL = join(import.meta.dirname, "../../.data/engine");
const FAKE = join(import.meta.dirname, "fake-mongod.ts");
let folder = "";
let lines: string[] = [];
const engines: Engine[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "engine-choice-"));
  // Under root the database runs as another user, who must be able to enter this folder.
  await chmod(folder, 0o755);
  lines = [];
});
afterEach(async () => {
  for (const engine of engines.splice(0)) await engine.stop();
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

/** Puts a program at the front of PATH. */
async function onPath(script: string): Promise<void> {
  const bin = join(folder, "bin");
  await mkdir(bin, { recursive: true });
  await writeFile(join(bin, "mongod"), `#!/bin/sh\n${script}\n`);
  await chmod(join(bin, "mongod"), 0o755);
  vi.stubEnv("PATH", `${bin}${delimiter}${process.env["PATH"]}`);
}

async function start(options: Partial<EngineOptions> = {}): Promise<Engine> {
  const engine = await startEngine({
    dataDir: join(folder, "data"),
    installDir: INSTALL,
    log: (line) => lines.push(line),
    ...options,
  });
  engines.push(engine);
  return engine;
}

const readJson = async (name: string): Promise<unknown> =>
  JSON.parse(await readFile(join(folder, "data/mongod", name), "utf8"));
const REAL = `exec "${process.execPath}" "${FAKE}" "$@"`;

describe("a given uri", () => {
  it("is used as it is", async () => {
    expect(await start({ uri: "mongodb://a.test,b.test/shop?replicaSet=x" })).toMatchObject({
      kind: "given",
      uri: "mongodb://a.test,b.test/shop?replicaSet=x",
    });
    expect(lines).toEqual(["数据库：MONGODB_URI 指定的 MongoDB"]);
  });
});

describe("a mongod on PATH", () => {
  it("is taken first, as a set of one member on loopback", async () => {
    await onPath(REAL);
    const engine = await start();
    const { port } = new URL(engine.uri);
    expect(engine).toMatchObject({ kind: "mongod", uri: `mongodb://127.0.0.1:${port}/?replicaSet=rs0` });
    expect(await readJson("args.json")).toEqual(
      expect.arrayContaining([
        "--dbpath",
        join(folder, "data/mongod"),
        "--port",
        port,
        "--bind_ip",
        "127.0.0.1",
        "--replSet",
        "rs0",
      ]),
    );
    expect(await readJson("config.json")).toMatchObject({
      _id: "rs0",
      members: [{ _id: 0, host: `127.0.0.1:${port}` }],
    });
    expect(lines).toEqual([`数据库：本机的 mongod，数据在 ${join(folder, "data")}`]);
  });

  it("gets its new address on the next start, after a clean stop", async () => {
    await onPath(REAL);
    await (await start()).stop();
    expect(await readFile(join(folder, "data/mongod/mongod.lock"), "utf8")).toBe("");
    const { port } = new URL((await start()).uri);
    expect(await readJson("config.json")).toMatchObject({
      force: true,
      version: 2,
      members: [{ host: `127.0.0.1:${port}` }],
    });
  });

  it("is an error with its own output when it does not start", async () => {
    await onPath('[ "$1" = --version ] && { echo "db version v8.0.1"; exit 0; }; echo "bad disk" >&2; exit 3');
    await expect(start({ choice: "mongod" })).rejects.toThrow(/mongod 没有启动起来[^]*bad disk/);
  });

  it("is skipped when it is too old", async () => {
    await onPath('echo "db version v4.4.1"');
    await expect(start({ choice: "mongod" })).rejects.toThrow("v4.4.1）低于 7");
  });

  it("is reported as missing when it was chosen explicitly", async () => {
    vi.stubEnv("PATH", folder);
    await expect(start({ choice: "mongod" })).rejects.toThrow(/系统里没有 mongod.*请用 MONGODB_URI/);
  });
});

describe("a host without an address", () => {
  it("is detected at once", async () => {
    expect(await hasAddress("no-such-host.invalid")).toBe(false);
    expect(await hasAddress("localhost")).toBe(true);
  });
});

describe.skipIf(inject("engineKind") !== "documentdb")("DocumentDB", { timeout: 30_000 }, () => {
  it("can be chosen where there is a mongod", async () => {
    await onPath(REAL);
    expect((await start({ choice: "documentdb" })).kind).toBe("documentdb");
  });

  it("keeps its data when a mongod is installed later", async () => {
    await (await start({ choice: "documentdb" })).stop();
    await onPath(REAL);
    expect((await start()).kind).toBe("documentdb");
    expect(lines.at(-1)).toContain("DocumentDB");
  });

  it("warns when another kind than that of the data is chosen", async () => {
    await (await start({ choice: "documentdb" })).stop();
    await onPath(REAL);
    expect((await start({ choice: "mongod" })).kind).toBe("mongod");
    expect(lines.some((line) => line.startsWith("注意："))).toBe(true);
  });

  it("refuses data of another major version of PostgreSQL", async () => {
    await mkdir(join(folder, "data/documentdb-16"), { recursive: true });
    await expect(start()).rejects.toThrow("PostgreSQL 16");
  });
});
