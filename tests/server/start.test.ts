import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import mongoose from "mongoose";
import { afterAll, describe, expect, it } from "vitest";
import { startFailure, withoutUris } from "../../server/operations/start-failure.ts";
import { freshDatabase } from "../support/engine.ts";

const MAIN = join(import.meta.dirname, "../../server/main.ts");
const folder = await mkdtemp(join(tmpdir(), "dianxiaoer-start-"));
afterAll(() => rm(folder, { recursive: true, force: true }));

const { uri, name } = freshDatabase();
const sound = {
  PATH: process.env["PATH"],
  MONGODB_URI: uri,
  MONGODB_DATABASE: name,
  DATA_DIR: join(folder, "data"),
  DEMO: "false",
  PORT: "0",
  LOG_LEVEL: "error",
};

/** Starts the server with these variables and waits until it exits. Returns its code and stderr. */
async function start(variables: Record<string, string | undefined>) {
  const child = spawn(process.execPath, [MAIN], { env: variables, stdio: ["ignore", "pipe", "pipe"] });
  let stderr = "";
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  const [code] = (await once(child, "close")) as [number];
  return { code, stderr: stderr.trim() };
}

const occupied = createServer().listen(0, "127.0.0.1");
await once(occupied, "listening");
afterAll(() => occupied.close());
const { port } = occupied.address() as AddressInfo;

const broken = join(folder, "keys.json");
await writeFile(broken, "{ not a key ring");
const wall = join(folder, "wall");
await writeFile(wall, "a file where a folder should be");
await mkdir(sound.DATA_DIR);

describe("a start that is impossible", { timeout: 30_000 }, () => {
  it.each([
    ["a setting that is wrong", { PORT: "eighty" }, /^环境变量 PORT 的值“eighty”不对：应为 0 到 65535 的整数。$/],
    ["a port that is taken", { PORT: String(port) }, new RegExp(`^端口 ${port} 已被别的程序占用`)],
    ["an address that is not this machine's", { HOST: "192.0.2.1" }, /^不能在 192\.0\.2\.1 上开门/],
    ["a key ring that is none", { KEYS_FILE: broken }, /^密钥文件 .*keys\.json 读不懂/],
    ["a key ring where no file can be", { KEYS_FILE: join(wall, "keys.json") }, /^不能读写 .*wall/],
    [
      "an address of a database that is none",
      { MONGODB_URI: "mongodb://" },
      /^环境变量 MONGODB_URI 的值不对：应是完整的地址/,
    ],
    ["a data folder where none can be", { MONGODB_URI: "", DATA_DIR: join(wall, "data") }, /^不能读写 .*wall/],
  ])("%s: ends with one sentence that says what to do", async (_what, over, sentence) => {
    const { code, stderr } = await start({ ...sound, ...over });
    expect(code).toBe(1);
    expect(stderr).toMatch(sentence);
    expect(stderr).toMatch(/。$/);
    expect(stderr.split("\n")).toHaveLength(1);
  });
});

describe("an address of a database", () => {
  it("is cut out of what is printed, whatever stands around it", () => {
    const address = "mongodb://shop:s3cret@a,b/shop?replicaSet=x";
    for (const text of [`Invalid "${address}"`, `at ${address}`, `${address.toUpperCase()}；`, `(${address})`])
      expect(withoutUris(text)).not.toMatch(/s3cret/i);
  });
});

describe("what a start ran into", () => {
  it("is a database that does not answer", async () => {
    const nobody = mongoose.createConnection("mongodb://127.0.0.1:1/", { serverSelectionTimeoutMS: 200 });
    const error: unknown = await nobody.asPromise().catch((reason: unknown) => reason);
    expect(startFailure(error)).toMatch(/^连不上 MONGODB_URI 指定的数据库：.*127\.0\.0\.1:1.*。$/);
  });

  it.each(["mongodb://shop:s3cret@", "mongodb://shop:s3cret@a:port/", "mongodb+srv://shop:s3cret@a:1/"])(
    "is told without the address of the database, which has a password: %s",
    async (address) => {
      const connecting = mongoose.createConnection(address, { serverSelectionTimeoutMS: 100 }).asPromise();
      const error: unknown = await connecting.catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(Error);
      expect(startFailure(error) ?? withoutUris(String((error as Error).stack))).not.toContain("s3cret");
    },
  );

  it("is shown whole when it is a fault of ours", () => {
    expect(startFailure(new TypeError("x is not a function"))).toBeNull();
  });
});
