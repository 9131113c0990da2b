import { beforeAll, describe, expect, it } from "vitest";
import type { Document, Long } from "mongodb";
import { COMMANDS } from "../../engine/gateway/commands.ts";
import { openDatabase } from "./client.ts";
import { newLsid, openRaw } from "./raw-client.ts";

const { client, db, uri, name } = openDatabase();
const admin = client.db("admin");
const rows = db.collection<{ _id: number } & Document>("rows");

beforeAll(async () => {
  await rows.insertMany([1, 2, 3].map((_id) => ({ _id, room: `${_id}01` })));
  await rows.createIndex({ room: 1 });
});

const page = (ids: number[]): Document => ({ cursor: { firstBatch: ids.map((_id) => ({ _id })) } });
const opened = async (): Promise<Long> =>
  (await db.command({ find: "rows", batchSize: 1 }, { promoteLongs: false }))["cursor"].id;
const run = (command: Document) => () => db.command(command);
const there = async (collection: string): Promise<number> =>
  (await db.listCollections({ name: collection }).toArray()).length;

/** A plain use of every command that the gateway supports, by name, with the expected answer. */
const uses: Record<string, [use: () => Promise<unknown>, answer: unknown]> = {
  hello: [() => admin.command({ hello: 1 }), { isWritablePrimary: true, setName: "rs0", maxWireVersion: 21 }],
  isMaster: [
    () => admin.command({ isMaster: 1 }),
    { ismaster: true, hosts: [expect.stringMatching(/^127\.0\.0\.1:/)] },
  ],
  ismaster: [() => admin.command({ ismaster: 1 }), { ismaster: true, readOnly: false }],
  ping: [() => admin.command({ ping: 1 }), { ok: 1 }],
  buildInfo: [() => admin.command({ buildInfo: 1 }), { version: "7.0.0", bits: 64 }],
  buildinfo: [() => admin.command({ buildinfo: 1 }), { versionArray: [7, 0, 0, 0] }],
  serverStatus: [
    () => admin.command({ serverStatus: 1 }),
    { pid: expect.any(Number), gateway: { openCursors: expect.any(Number) } },
  ],
  connectionStatus: [() => admin.command({ connectionStatus: 1 }), { authInfo: { authenticatedUsers: [] } }],

  find: [run({ find: "rows", filter: { _id: { $gt: 1 } }, projection: { _id: 1 }, sort: { _id: 1 } }), page([2, 3])],
  aggregate: [
    run({ aggregate: "rows", pipeline: [{ $match: { room: "201" } }, { $project: { _id: 1 } }], cursor: {} }),
    page([2]),
  ],
  listCollections: [
    run({ listCollections: 1, filter: { name: "rows" } }),
    { cursor: { firstBatch: [{ name: "rows" }] } },
  ],
  listIndexes: [run({ listIndexes: "rows" }), { cursor: { firstBatch: [{ name: "_id_" }, { name: "room_1" }] } }],
  count: [run({ count: "rows", query: { _id: { $gt: 1 } } }), { n: 2 }],
  distinct: [run({ distinct: "rows", key: "room" }), { values: expect.arrayContaining(["101", "201", "301"]) }],
  getMore: [
    async () => db.command({ getMore: await opened(), collection: "rows", batchSize: 1 }),
    { cursor: { nextBatch: [{ _id: expect.any(Number) }] } },
  ],
  killCursors: [
    async () => db.command({ killCursors: "rows", cursors: [await opened()] }),
    { cursorsKilled: [expect.anything()], cursorsNotFound: [] },
  ],
  collStats: [run({ collStats: "rows" }), { ns: `${name}.rows`, count: 3, nindexes: 2 }],
  dbStats: [run({ dbStats: 1 }), { db: name, collections: expect.any(Number) }],
  listDatabases: [
    () => admin.command({ listDatabases: 1, filter: { name } }),
    { databases: [expect.objectContaining({ name })] },
  ],

  insert: [run({ insert: "written", documents: [{ _id: 1 }, { _id: 2 }] }), { n: 2 }],
  update: [run({ update: "written", updates: [{ q: { _id: 1 }, u: { $set: { a: 1 } } }] }), { n: 1, nModified: 1 }],
  findAndModify: [
    run({ findAndModify: "written", query: { _id: 1 }, update: { $inc: { a: 1 } }, new: true }),
    { value: { _id: 1, a: 2 } },
  ],
  findandmodify: [run({ findandmodify: "written", query: { _id: 1 }, remove: true }), { value: { _id: 1, a: 2 } }],
  delete: [run({ delete: "written", deletes: [{ q: { _id: 2 }, limit: 1 }] }), { n: 1 }],

  create: [async () => [await db.command({ create: "made" }), await there("made")], [{ ok: 1 }, 1]],
  createIndexes: [
    run({ createIndexes: "made", indexes: [{ key: { at: 1 }, name: "at_1", expireAfterSeconds: 60 }] }),
    { numIndexesBefore: 1, numIndexesAfter: 2 },
  ],
  collMod: [run({ collMod: "made", index: { name: "at_1", expireAfterSeconds: 90 } }), { ok: 1 }],
  dropIndexes: [run({ dropIndexes: "made", index: "at_1" }), { nIndexesWas: 2 }],
  analyze: [run({ analyze: "rows" }), { ok: 1 }],
  drop: [async () => [await db.command({ drop: "made" }), await there("made")], [{ ok: 1 }, 0]],
  dropDatabase: [
    async () => {
      const other = client.db(`${name}_other`);
      await other.collection("a").insertOne({ a: 1 });
      const reply = await other.command({ dropDatabase: 1 });
      return [reply, await other.collection("a").countDocuments()];
    },
    [{ dropped: `${name}_other` }, 0],
  ],
};

describe("every command that the gateway supports", () => {
  it("has a use in this test", () => {
    expect(Object.keys(uses).toSorted()).toEqual(Object.keys(COMMANDS).toSorted());
  });

  // The order matters: later uses need the results of earlier ones.
  it.each(Object.entries(uses))("%s", async (_name, [use, answer]) => {
    const found = await use();
    if (Array.isArray(answer)) expect(found).toMatchObject(answer);
    else expect(found).toMatchObject({ ok: 1, ...(answer as Document) });
  });

  it("endSessions, by the server itself", async () => {
    const raw = await openRaw(uri);
    expect(await raw.command({ endSessions: [newLsid()], $db: "admin" })).toMatchObject({ ok: 1 });
    raw.close();
  });
});
