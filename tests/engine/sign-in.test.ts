import { readFile, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { type Db, MongoClient } from "mongodb";
import { Binary } from "bson";
import { afterAll, describe, expect, inject, it } from "vitest";
import { gatewayKey } from "../../engine/documentdb/key.ts";
import { createScram } from "../../engine/gateway/scram.ts";
import { dataFolder } from "../support/data-folder.ts";
import { freshDatabase } from "../support/engine.ts";
import { openRaw } from "./raw-client.ts";

const { uri, name } = freshDatabase();
const { password } = new URL(uri);
const embedded = inject("engineKind") === "documentdb";

const clients: MongoClient[] = [];
afterAll(() => Promise.all(clients.map((client) => client.close())));

/** The driver's client at the same address as somebody else. */
function as(userInfo: string): Db {
  const other = uri.replace(/\/\/[^@]+@/, `//${userInfo}`).replace(userInfo ? "" : /&authMechanism=[\w-]+/, "");
  const client = new MongoClient(other, { serverSelectionTimeoutMS: 5_000 });
  clients.push(client);
  return client.db(name);
}

describe.runIf(embedded)("the gateway", () => {
  it.each([
    ["nobody", "", 13],
    ["somebody with another key", "dianxiaoer:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA@", 18],
    ["somebody with another name", `postgres:${password}@`, 18],
  ])("gives nothing to %s", async (_who, userInfo, code) => {
    const db = as(userInfo);
    for (const ask of [
      () => db.collection("rows").insertOne({ a: 1 }),
      () => db.collection("rows").findOne({}),
      () => db.listCollections().toArray(),
      () => db.dropDatabase(),
    ])
      await expect(ask()).rejects.toMatchObject({ code });
  });

  it("answers a stranger's hello and ping, and no other command, known or not", async () => {
    const raw = await openRaw(uri, { asStranger: true });
    for (const command of ["hello", "isMaster", "ping"])
      expect(await raw.command({ [command]: 1, $db: "admin" })).toMatchObject({ ok: 1 });
    for (const command of ["find", "buildInfo", "serverStatus", "endSessions", "listDatabases", "nothing", ""])
      expect(await raw.command({ [command]: 1, $db: "admin" })).toMatchObject({ ok: 0, code: 13 });
    raw.close();
  });

  it.each([
    ["a last message without a first", [{ saslContinue: 1, payload: "c=biws,r=x,p=AAAA" }]],
    ["another mechanism", [{ saslStart: 1, mechanism: "PLAIN", payload: `\0dianxiaoer\0${password}` }]],
    ["a name that is none", [{ saslStart: 1, mechanism: "SCRAM-SHA-256", payload: "n,,n=root,r=abcdefghij" }]],
    ["no payload", [{ saslStart: 1, mechanism: "SCRAM-SHA-256", payload: 7 }]],
    [
      "a proof that is empty, and then another command",
      [
        { saslStart: 1, mechanism: "SCRAM-SHA-256", payload: "n,,n=dianxiaoer,r=abcdefghij" },
        { saslContinue: 1, payload: "c=biws,r=abcdefghij,p=" },
      ],
    ],
  ] as const)("refuses %s, and the connection stays a stranger's", async (_what, steps) => {
    const raw = await openRaw(uri, { asStranger: true });
    let last: unknown;
    for (const { payload, ...step } of steps) {
      const sent = typeof payload === "string" ? new Binary(Buffer.from(payload)) : payload;
      last = await raw.command({ ...step, conversationId: 1, payload: sent, $db: "admin" });
    }
    expect(last).toMatchObject({ ok: 0, code: 18 });
    expect(await raw.command({ find: "rows", $db: name })).toMatchObject({ ok: 0, code: 13 });
    raw.close();
  });

  it("has its key in no process's arguments", async () => {
    const pids = (await readdir("/proc")).filter((entry) => /^\d+$/.test(entry));
    const lines = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "")));
    expect(lines.some((line) => line.includes("gateway/main.ts"))).toBe(true);
    expect(lines.filter((line) => line.includes(password))).toEqual([]);
  });
});

describe("the key", () => {
  it("of a data folder is made once, for its owner only; of a throw-away one anew", async () => {
    const folder = await dataFolder();
    const key = await gatewayKey(folder, true);
    expect(await gatewayKey(folder, true)).toBe(key);
    expect((await stat(join(folder, "gateway.key"))).mode & 0o777).toBe(0o600);
    expect(await gatewayKey(folder, false)).not.toBe(await gatewayKey(folder, false));
  });

  it("is asked for with another number each time: what was said once signs nobody in again", () => {
    const scram = createScram("key");
    const first = "n,,n=dianxiaoer,r=abcdefghij";
    expect(scram.begin(first).challenge).not.toBe(scram.begin(first).challenge);
  });
});
