import { systemClock } from "../../../server/kernel/clock.ts";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { loadKeys } from "../../../server/adapters/keys/keys.ts";
import { type SchemaParts, migrate, pending, schemaOf, settleSchema } from "../../../server/operations/schema.ts";
import { connect } from "../../../server/core/store/connection.ts";
import { SCHEMA, migrations } from "../../../server/core/store/migrations/list.ts";
import { searchTerms } from "../../../server/log/search.ts";
import { freshDatabase } from "../../support/engine.ts";
import { submission } from "../../support/requests.ts";
import { dataFolder } from "../../support/data-folder.ts";
import { startServer } from "../../support/server-process.ts";
import { openWorld } from "../../support/world.ts";

const folder = await dataFolder();
const keys = await loadKeys(join(folder, "keys.json"));
const { uri, name } = freshDatabase();
const connection = await connect(uri, name);
const world = await openWorld({ connection, keys });
const { store } = world.deps;
const requests = connection.collection("requests");
const log = connection.collection("service_log");
/** What the scheduler kept that an early version had. */
const jobs = connection.collection("jobs");
const said: string[] = [];
const parts: SchemaParts = { connection, store, clock: systemClock, holder: "first", say: (line) => said.push(line) };

/** As many requests as an early version left them, and their log. */
async function early(): Promise<string[]> {
  const resident = await world.as(await world.resident());
  const ids: string[] = [];
  for (let n = 0; n < 3; n++) ids.push((await resident.call("POST /api/requests", { body: submission() })).ok.id);
  await requests.updateMany({}, { $unset: { openTasks: "", transfer: "", callback: "", followers: "" } });
  await world.relay.drain();
  await log.updateMany({}, { $unset: { segment: "" } });
  await jobs.deleteMany({});
  await jobs.insertMany(["ladder", "leavers"].map((job) => ({ name: job, type: "single", lockedAt: null })));
  await store.meta.remove("schema");
  return ids;
}
const lacking = () => requests.countDocuments({ openTasks: { $exists: false } });

beforeEach(async () => {
  said.length = 0;
  await store.meta.remove("schema");
});

describe("the versions", () => {
  it("follow each other without a gap", () => {
    expect(migrations.map(({ to }) => to)).toEqual(migrations.map((_, index) => index + 1));
  });
});

describe("a database of an early version", () => {
  it("is said to be so, document by document, by a dry run that changes nothing", async () => {
    await early();
    expect(await pending(parts)).toEqual([
      { to: 1, what: migrations[0]?.what, documents: await lacking() },
      { to: 2, what: migrations[1]?.what, documents: await log.countDocuments({}) },
      { to: 3, what: migrations[2]?.what, documents: 2 },
    ]);
    expect(await lacking()).toBeGreaterThan(0);
    expect(await schemaOf(parts)).toBe(0);
  });

  it("is migrated: every request says what it did not, none has taken a step, and they go on", async () => {
    const ids = await early();
    const before = await requests.find({}, { projection: { version: 1 } }).toArray();
    await migrate(parts);
    expect(await requests.find({}, { projection: { version: 1 } }).toArray()).toEqual(before);
    expect(await lacking()).toBe(0);
    expect((await connection.listCollections()).map((collection) => collection.name)).not.toContain("jobs");
    expect(await requests.findOne({})).toMatchObject({ openTasks: [], followers: [], transfer: null, callback: null });
    expect(await schemaOf(parts)).toBe(SCHEMA);
    const cadre = await world.as(await world.cadre());
    for (const id of ids)
      expect((await cadre.call("POST /api/requests/:id/claim", { params: { id } })).code).toBeNull();
    expect(await pending(parts)).toEqual([]);
  });

  it("finds its log by words again, and the rows still hold", async () => {
    await early();
    const search = { communityIds: ["east"], terms: searchTerms([submission().description]) };
    await connection.collection("service_log").createIndex({ communityId: 1, terms: 1, pos: 1 }, {}, {});
    const before = await log.find({}, { projection: { segment: 0 } }).toArray();
    expect((await store.log.list(search, "desc", 10)).items).toEqual([]);
    await migrate(parts);
    expect((await store.log.list(search, "desc", 10)).items.length).toBeGreaterThan(2);
    expect(await log.find({}, { projection: { segment: 0 } }).toArray()).toEqual(before);
    expect((await log.indexes()).map((index) => index.name)).not.toContain("communityId_1_terms_1_pos_1");
  });

  it("is refused in production with what to do, and migrated by a development server", async () => {
    await early();
    await expect(settleSchema(parts, { ask: true })).rejects.toThrow(/npm run backup.*npm run migrate/);
    expect(await lacking()).toBeGreaterThan(0);
    await settleSchema(parts, { ask: false });
    expect(await lacking()).toBe(0);
  });
});

describe("a database that is newer, or empty", () => {
  it("newer: is refused; nothing is written", async () => {
    await store.meta.set("schema", SCHEMA + 1);
    await expect(settleSchema(parts, { ask: false })).rejects.toThrow(/新版本的程序/);
    expect(await store.meta.get("schema")).toBe(SCHEMA + 1);
  });

  it("newer: a server process ends with a sentence", { timeout: 30_000 }, async () => {
    await store.meta.set("schema", SCHEMA + 1);
    await expect(startServer({ database: { uri, name }, dataDir: folder })).rejects.toThrow(/新版本的程序/);
  });

  it("empty: is of this version from the start", async () => {
    const fresh = freshDatabase();
    const empty = await openWorld({ connection: await connect(fresh.uri, fresh.name), communities: [] });
    const there = { ...parts, store: empty.deps.store, connection: await connect(fresh.uri, fresh.name) };
    await settleSchema(there, { ask: true });
    expect(await schemaOf(there)).toBe(SCHEMA);
  });
});

describe("a migration", () => {
  /** Two migrations, of which the second breaks off once in the middle. */
  const marks = connection.collection<{ _id: string; n: number }>("marks");
  const steps = (fail: { now: boolean }, runs: string[]) => [
    {
      to: 1,
      what: "first",
      count: async () => 0,
      async run() {
        runs.push("first");
      },
    },
    {
      to: 2,
      what: "second",
      count: async () => 0,
      async run() {
        runs.push("second");
        await marks.updateOne({ _id: "a" }, { $set: { n: 1 } }, { upsert: true });
        if (fail.now) throw new Error("killed");
        await marks.updateOne({ _id: "b" }, { $set: { n: 1 } }, { upsert: true });
      },
    },
  ];

  it("that was broken off goes on with the one that was not done, and not before", async () => {
    const [fail, runs] = [{ now: true }, [] as string[]];
    await store.meta.set("schema", 0);
    await expect(migrate({ ...parts, migrations: steps(fail, runs) })).rejects.toThrow("killed");
    expect(await schemaOf(parts)).toBe(1);
    fail.now = false;
    await migrate({ ...parts, holder: "second", migrations: steps(fail, runs) });
    expect(runs).toEqual(["first", "second", "second"]);
    expect(await schemaOf(parts)).toBe(2);
    expect(await marks.countDocuments({})).toBe(2);
  });

  it("is done by one of two processes that start at once; the other waits and does nothing", async () => {
    const runs: string[] = [];
    await store.meta.set("schema", 0);
    const waits = (): number => said.filter((line) => line.includes("等它做完")).length;
    const [first, ...rest] = steps({ now: false }, runs);
    // It lasts until the other has come, however late that starts.
    const run = async (): Promise<void> => {
      await first?.run();
      await expect.poll(waits).toBe(1);
    };
    const lasting = [{ ...first!, run }, ...rest];
    await Promise.all(["one", "two"].map((holder) => migrate({ ...parts, holder, migrations: lasting })));
    expect(runs).toEqual(["first", "second"]);
    expect(waits()).toBe(1);
  });

  it("of a process that was killed is taken over when its lease has run out", async () => {
    await store.meta.set("schema", 0);
    const past = new Date(Date.now() - 60_000);
    await store.meta.lock("migrating", "dead", past, new Date(past.getTime() + 30_000));
    const runs: string[] = [];
    await migrate({ ...parts, migrations: steps({ now: false }, runs) });
    expect(runs).toEqual(["first", "second"]);
  });
});

describe("npm run migrate", { timeout: 60_000 }, () => {
  const run = (...args: string[]) =>
    new Promise<{ code: number; said: string }>((resolve) => {
      const env = { PATH: process.env["PATH"], MONGODB_URI: uri, MONGODB_DATABASE: name, DATA_DIR: folder };
      const program = join(import.meta.dirname, "../../../server/cli/migrate.ts");
      execFile(process.execPath, [program, ...args], { env }, (error, stdout) =>
        resolve({ code: Number(error?.code ?? 0), said: stdout }),
      );
    });

  it("says with --dry-run what it would do, does it, and then has nothing to do", async () => {
    await early();
    const dry = await run("--dry-run");
    expect(dry.said).toMatch(/版本 1：.*（\d+ 份文档）/);
    expect(await lacking()).toBeGreaterThan(0);
    expect((await run()).said).toMatch(/升级好了/);
    expect(await lacking()).toBe(0);
    expect((await run("--dry-run")).said).toMatch(/没有要升级的/);
  });
});
