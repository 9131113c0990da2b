import mongoose from "mongoose";
import { beforeEach, describe, expect, it } from "vitest";
import { type Anchors, createMemoryAnchors } from "../../../server/log/anchors.ts";
import { eraseRows } from "../../../server/log/erase-rows.ts";
import { verifyLog } from "../../../server/log/verify-log.ts";
import { createKeys, newKeyRing } from "../../../server/adapters/keys/keys.ts";
import { connect } from "../../../server/core/store/connection.ts";
import { submission } from "../../support/requests.ts";
import { freshDatabase } from "../../support/engine.ts";
import { openWorld } from "../../support/world.ts";

const database = freshDatabase();
const anchors = createMemoryAnchors();
const connection = await connect(database.uri, database.name);
const world = await openWorld({ connection, anchors });
const { deps, relay } = world;

/** Access to the database without the keys. */
const log = connection.collection("service_log") as unknown as mongoose.mongo.Collection<{
  _id: string;
  pos: number;
  payload: string | null;
}>;
const verify = (given: Anchors = anchors) => verifyLog(deps.store, deps.keys, given);
const rowAt = async (pos: number) => (await log.findOne({ communityId: "east", pos }))!;

beforeEach(async () => {
  const api = await world.as(await world.resident());
  for (let n = 0; n < 5; n++) await api.call("POST /api/requests", { body: submission() });
  await relay.drain();
});

/** Changes the log, expects the fault, and undoes the change, so that the next test starts from an intact log. */
async function tampered(
  change: () => Promise<() => Promise<unknown>>,
  expected: RegExp,
  given?: Anchors,
): Promise<void> {
  expect((await verify()).faults).toEqual([]);
  const undo = await change();
  const { faults } = await verify(given);
  await undo();
  expect(faults.map(({ where, what }) => `${where}: ${what}`).join("\n")).toMatch(expected);
  expect((await verify()).faults).toEqual([]);
}

describe("log:verify finds", () => {
  it("a changed payload", () =>
    tampered(async () => {
      const row = await rowAt(3);
      await log.updateOne({ _id: row._id }, { $set: { payload: row.payload!.replace("queued", "closed") } });
      return () => log.updateOne({ _id: row._id }, { $set: { payload: row.payload } });
    }, /position 3 .*payload was changed/));

  it("a changed family member in the envelope", async () => {
    const elder = { name: "孙桂珍", phone: "13900000001", building: "1号楼", unit: "1单元", room: "101" };
    const api = await world.as(await world.resident());
    await api.call("POST /api/requests/for-family", { body: { ...submission(), elder, relation: "parent" } });
    await relay.drain();
    await tampered(async () => {
      const row = (await log.findOne({ filerId: { $type: "string" } }))!;
      await log.updateOne({ _id: row._id }, { $unset: { filerId: "" } });
      return () => log.replaceOne({ _id: row._id }, row);
    }, /row was changed/);
  });

  it("a changed envelope", () =>
    tampered(async () => {
      const row = await rowAt(2);
      await log.updateOne({ _id: row._id }, { $set: { type: "request.rejected" } });
      return () => log.replaceOne({ _id: row._id }, row);
    }, /position 2 .*row was changed/));

  it("a row taken out of the middle", () =>
    tampered(async () => {
      const row = await rowAt(4);
      await log.deleteOne({ _id: row._id });
      return () => log.insertOne(row);
    }, /position 4 .*expected position 4, found 5/));

  it("two rows that changed places", () =>
    tampered(async () => {
      const [a, b] = [await rowAt(2), await rowAt(3)];
      const swap = async (x: typeof a, y: typeof b) => {
        await log.deleteMany({ _id: { $in: [x._id, y._id] } });
        await log.insertMany([
          { ...x, pos: y.pos },
          { ...y, pos: x.pos },
        ]);
      };
      await swap(a, b);
      return async () => {
        await log.deleteMany({ _id: { $in: [a._id, b._id] } });
        await log.insertMany([a, b]);
      };
    }, /position 2 .*row was changed/));

  it("a row that was put in between, with those after it moved on", () =>
    tampered(async () => {
      const rows = await log.find({ communityId: "east", pos: { $gte: 3 } }).toArray();
      const ids = rows.map(({ _id }) => _id);
      const [first] = rows;
      await log.deleteMany({ _id: { $in: ids } });
      await log.insertMany([
        { ...first!, _id: `${"f".repeat(24)}:1`, pos: 3 },
        ...rows.map((row) => ({ ...row, pos: row.pos + 1 })),
      ]);
      return async () => {
        await log.deleteMany({ _id: { $in: [...ids, `${"f".repeat(24)}:1`] } });
        await log.insertMany(rows);
      };
    }, /position 3 .*row was changed/));

  it("a copy of a row that was put at the end", () =>
    tampered(async () => {
      const { pos } = (await deps.store.log.tail("east"))!;
      const row = await rowAt(pos);
      const _id = `${"f".repeat(24)}:1`;
      await log.insertOne({ ...row, _id, pos: pos + 1 });
      return () => log.deleteOne({ _id });
    }, /row was changed/));

  it("a tail that was cut off, by the aggregates that lack their events", () =>
    tampered(
      async () => {
        const tail = (await deps.store.log.tail("east"))!;
        const row = await rowAt(tail.pos);
        await log.deleteOne({ _id: row._id });
        return () => log.insertOne(row);
      },
      /versions 1 are in no log/,
      createMemoryAnchors(),
    ));

  it("a tail that was cut off together with the aggregates, by the note outside the database", () =>
    tampered(async () => {
      const tail = (await deps.store.log.tail("east"))!;
      const row = await rowAt(tail.pos);
      const requests = connection.collection("requests");
      const id = new mongoose.Types.ObjectId(row._id.split(":")[0]);
      const request = (await requests.findOne({ _id: id }))!;
      await log.deleteOne({ _id: row._id });
      await requests.deleteOne({ _id: id });
      return async () => {
        await log.insertOne(row);
        await requests.insertOne(request);
      };
    }, /tail was cut off/));

  it("a forged row, sealed with another key", () =>
    tampered(async () => {
      const row = await rowAt(1);
      await log.updateOne({ _id: row._id }, { $set: { seal: `${deps.keys.current("log").id}:forged` } });
      return () => log.replaceOne({ _id: row._id }, row);
    }, /seal does not continue/));

  it("a missing key", async () => {
    const { faults } = await verifyLog(deps.store, createKeys(newKeyRing()), anchors);
    expect(faults[0]?.what).toMatch(/not in the key ring/);
  });

  it("a payload that was emptied without an erasure", () =>
    tampered(async () => {
      const row = await rowAt(2);
      await log.updateOne({ _id: row._id }, { $set: { payload: null, salt: null } });
      return () => log.replaceOne({ _id: row._id }, row);
    }, /position 2 .*no erasure names it/));

  it("nothing when a payload was erased with an event, before and after that is in the log", async () => {
    const rows = (await deps.store.log.after("east", 1, 1)).slice(0, 1);
    await eraseRows(deps.store, rows, { rule: "retention", at: deps.clock.now() });
    expect((await verify()).faults).toEqual([]);
    await relay.drain();
    expect((await verify()).faults).toEqual([]);
  });
});
