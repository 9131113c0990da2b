import { systemClock } from "../../../server/kernel/clock.ts";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { loadKeys } from "../../../server/adapters/keys/keys.ts";
import { type SchemaParts, migrate, pending, schemaOf, ensureSchema } from "../../../server/operations/schema.ts";
import { connect } from "../../../server/core/store/connection.ts";
import { SCHEMA, migrations } from "../../../server/core/store/migrations/list.ts";
import type { StoredRequest } from "../../../server/core/store/requests/request-schema.ts";
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
const requests = connection.collection<StoredRequest>("requests");
const log = connection.collection("service_log");
/** The scheduler's collection of an early version. */
const jobs = connection.collection("jobs");
const said: string[] = [];
const parts: SchemaParts = { connection, store, clock: systemClock, holder: "first", say: (line) => said.push(line) };

/** A request's document as the first version stored it: ungrouped, and without later fields. */
const ungrouped = ({ _id, content, party, clocks, dispatch, ...request }: StoredRequest) => ({
  ...{ _id, no: request.no, version: request.version, steps: request.idempotency, outbox: request.outbox },
  ...{ communityId: request.communityId, serviceCode: request.serviceCode, urgency: request.urgency },
  ...{ status: request.status, residentId: request.residentId, submittedAt: request.submittedAt },
  ...{ ...content, residentName: party.residentName, filedBy: party.filedBy, handlerId: null, handlerName: null },
  ...{ respondBy: clocks.respondBy, resolveBy: clocks.resolveBy, claimedAt: null, firstContactAt: null },
  ...{ resolvedAt: null, closedAt: null, waitingSince: null, queueKey: dispatch.queueKey, reworkCount: 0 },
});

/** Creates requests and their log as an early version stored them. */
async function early(): Promise<string[]> {
  const resident = await world.as(await world.resident());
  const ids: string[] = [];
  for (let n = 0; n < 3; n++) ids.push((await resident.call("POST /api/requests", { body: submission() })).ok.id);
  await world.relay.drain();
  for (const request of await requests.find({ clocks: { $exists: true } }).toArray())
    await requests.replaceOne({ _id: request._id }, ungrouped(request) as never);
  await log.updateMany({}, { $unset: { segment: "" } });
  await jobs.deleteMany({});
  await jobs.insertMany(["ladder", "leavers"].map((job) => ({ name: job, type: "single", lockedAt: null })));
  await store.meta.remove("schema");
  return ids;
}
const lacking = () => requests.countDocuments({ clocks: { $exists: false } });

beforeEach(async () => {
  said.length = 0;
  await store.meta.remove("schema");
});

describe("the versions of the database", () => {
  it("are consecutive, from the first supported one", () => {
    const first = migrations[0]!.to;
    expect(migrations.map(({ to }) => to)).toEqual(migrations.map((_, index) => first + index));
  });
});

describe("a database of an early version", () => {
  it("is said to be so, document by document, by a dry run that changes nothing", async () => {
    await early();
    expect(await pending(parts)).toEqual([
      { to: 2, what: migrations[0]?.what, documents: await log.countDocuments({}) },
      { to: 3, what: migrations[1]?.what, documents: 2 },
      { to: 4, what: migrations[2]?.what, documents: await lacking() },
      { to: 5, what: migrations[3]?.what, documents: await lacking() },
      { to: 6, what: migrations[4]?.what, documents: expect.any(Number) },
    ]);
    expect(await lacking()).toBeGreaterThan(0);
    expect(await schemaOf(parts)).toBe(0);
  });

  it("is migrated: every request gets its missing fields, none takes a step, and requests go on", async () => {
    const ids = await early();
    const before = await requests.find({}, { projection: { version: 1 } }).toArray();
    await migrate(parts);
    expect(await requests.find({}, { projection: { version: 1 } }).toArray()).toEqual(before);
    expect(await lacking()).toBe(0);
    expect((await connection.listCollections()).map((collection) => collection.name)).not.toContain("jobs");
    expect(await requests.findOne({})).toMatchObject({
      content: { description: submission().description },
      party: { followers: [] },
      handling: { openTasks: [] },
      transfer: { pending: null },
      outcome: { callback: null },
    });
    expect(await schemaOf(parts)).toBe(SCHEMA);
    const cadre = await world.as(await world.cadre());
    for (const id of ids)
      expect((await cadre.call("POST /api/requests/:id/claim", { params: { id } })).code).toBeNull();
    expect(await pending(parts)).toEqual([]);
  });

  it("has a searchable log again, and the rows still verify", async () => {
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

  it("is refused in production with instructions, and migrated by a development server", async () => {
    await early();
    await expect(ensureSchema(parts, { ask: true })).rejects.toThrow(/npm run backup.*npm run migrate/);
    expect(await lacking()).toBeGreaterThan(0);
    await ensureSchema(parts, { ask: false });
    expect(await lacking()).toBe(0);
  });
});

describe("a database that is newer, or empty", () => {
  it("newer: is refused; nothing is written", async () => {
    await store.meta.set("schema", SCHEMA + 1);
    await expect(ensureSchema(parts, { ask: false })).rejects.toThrow(/新版本的程序/);
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
    await ensureSchema(there, { ask: true });
    expect(await schemaOf(there)).toBe(SCHEMA);
  });
});

describe("a migration", () => {
  /** Two migrations; the second fails once in the middle. */
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

  it("runs in one of two processes that start at once; the other waits and does nothing", async () => {
    const runs: string[] = [];
    await store.meta.set("schema", 0);
    const waits = (): number => said.filter((line) => line.includes("等它做完")).length;
    const [first, ...rest] = steps({ now: false }, runs);
    // The first run lasts until the other has begun to wait, however late that starts.
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
    expect(dry.said).toMatch(/版本 4：.*（\d+ 份文档）/);
    expect(await lacking()).toBeGreaterThan(0);
    expect((await run()).said).toMatch(/升级好了/);
    expect(await lacking()).toBe(0);
    expect((await run("--dry-run")).said).toMatch(/没有要升级的/);
  });
});
