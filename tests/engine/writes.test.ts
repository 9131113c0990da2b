import { type Document, Long, MongoBulkWriteError, ObjectId } from "mongodb";
import { beforeEach, describe, expect, it } from "vitest";
import { openDatabase } from "./client.ts";

const { db } = openDatabase();
const requests = db.collection<{ _id: number } & Document>("requests");

beforeEach(() => requests.deleteMany({}));

describe("insert", () => {
  it("keeps every BSON type", async () => {
    const everything = {
      _id: 1,
      int: 7,
      long: Long.fromString("9007199254740993"),
      double: 0.5,
      text: "店小二",
      yes: true,
      nothing: null,
      at: new Date("2026-11-23T08:00:00Z"),
      id: new ObjectId(),
      bytes: Buffer.from([1, 2, 3]),
      list: [1, "a", { b: [] }],
      pattern: /^13/i,
    };
    await requests.insertOne(everything);
    const found = await requests.findOne({ _id: 1 }, { promoteLongs: false, promoteBuffers: true });
    expect(found).toMatchObject({ ...everything, int: expect.anything(), bytes: Buffer.from([1, 2, 3]) });
    expect(found?.["long"]).toEqual(Long.fromString("9007199254740993"));
  });

  it("takes ten thousand documents in one call", async () => {
    const documents = Array.from({ length: 10_000 }, (_, index) => ({ _id: index }));
    expect((await requests.insertMany(documents)).insertedCount).toBe(10_000);
  });

  it("takes a document of 8 MB", async () => {
    await requests.insertOne({ _id: 1, photo: Buffer.alloc(8 * 1024 * 1024, 7) });
    expect((await requests.findOne({ _id: 1 }))?.["photo"].length()).toBe(8 * 1024 * 1024);
  });

  it.each([
    ["ordered", true, { index: 1, inserted: [1] }],
    ["unordered", false, { index: 1, inserted: [1, 3] }],
  ])("%s: a duplicate in the middle is reported with its index", async (_, ordered, expected) => {
    const documents = [{ _id: 1 }, { _id: 1 }, { _id: 3 }];
    const error: unknown = await requests.insertMany(documents, { ordered }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(MongoBulkWriteError);
    expect(error).toMatchObject({ code: 11000, writeErrors: [{ index: expected.index, code: 11000 }] });
    expect((await requests.find().sort({ _id: 1 }).toArray()).map(({ _id }) => _id)).toEqual(expected.inserted);
  });
});

describe("duplicate keys", () => {
  const people = db.collection<{ _id: number } & Document>("people");
  beforeEach(async () => {
    await people.drop();
    await people.createIndex({ phone: 1 }, { unique: true, name: "phone_once" });
    await people.insertMany([
      { _id: 1, phone: "131" },
      { _id: 2, phone: "132" },
    ]);
  });

  it.each<[string, () => Promise<unknown>, Document]>([
    [
      "insert",
      () => people.insertOne({ _id: 3, phone: "131" }),
      { keyPattern: { phone: 1 }, keyValue: { phone: "131" } },
    ],
    [
      "insert of a taken _id",
      () => people.insertOne({ _id: 1, phone: "133" }),
      { keyPattern: { _id: 1 }, keyValue: { _id: 1 } },
    ],
    ["update", () => people.updateOne({ _id: 2 }, { $set: { phone: "131" } }), { keyPattern: { phone: 1 } }],
    ["replace", () => people.replaceOne({ _id: 2 }, { phone: "131" }), { keyPattern: { phone: 1 } }],
    [
      "upsert",
      () => people.updateOne({ _id: 9 }, { $set: { phone: "131" } }, { upsert: true }),
      { keyPattern: { phone: 1 } },
    ],
    [
      "findOneAndUpdate",
      () => people.findOneAndUpdate({ _id: 2 }, { $set: { phone: "131" } }),
      { keyPattern: { phone: 1 }, keyValue: { phone: "131" } },
    ],
  ])("%s", async (_, write, expected) => {
    const index = "_id" in expected["keyPattern"] ? "_id_" : "phone_once";
    await expect(write()).rejects.toMatchObject({
      code: 11000,
      message: expect.stringMatching(`E11000 duplicate key error collection: .*people index: ${index} `),
      ...expected,
    });
  });

  it("refuses a unique index over duplicates", async () => {
    await people.insertMany([
      { _id: 5, phone: "a", room: 1 },
      { _id: 6, phone: "b", room: 1 },
    ]);
    await expect(people.createIndex({ room: 1 }, { unique: true })).rejects.toMatchObject({
      code: 11000,
      message: expect.stringContaining("room_1"),
    });
  });
});

describe("unique partial indexes", () => {
  const open = db.collection("open_requests");
  it("hold for the documents of the filter only", async () => {
    await open.createIndex(
      { community: 1, key: 1 },
      { unique: true, partialFilterExpression: { key: { $exists: true }, state: "open" } },
    );
    await open.insertMany([
      { community: 1, key: "a", state: "open" },
      { community: 2, key: "a", state: "open" },
      { community: 1, key: "a", state: "closed" },
      { community: 1, key: "a", state: "closed" },
      { community: 1, state: "open" },
      { community: 1, state: "open" },
    ]);
    await expect(open.insertOne({ community: 1, key: "a", state: "open" })).rejects.toMatchObject({
      code: 11000,
      keyPattern: { community: 1, key: 1 },
    });
    await expect(open.updateMany({ community: 1, key: "a" }, { $set: { state: "open" } })).rejects.toMatchObject({
      code: 11000,
    });
  });
});

describe("update", () => {
  it.each<[string, Document, Document, Document]>([
    ["$set of a nested path", { a: { b: 1 } }, { $set: { "a.b": 2 } }, { a: { b: 2 } }],
    ["$unset", { a: 1, b: 2 }, { $unset: { a: "" } }, { b: 2 }],
    ["$inc", { n: 1 }, { $inc: { n: 2, m: 1 } }, { n: 3, m: 1 }],
    [
      "$push with $each and $slice",
      { keys: [1, 2, 3] },
      { $push: { keys: { $each: [4, 5], $slice: -3 } } },
      { keys: [3, 4, 5] },
    ],
    ["$pull by value", { outbox: [1, 2, 3] }, { $pull: { outbox: 2 } }, { outbox: [1, 3] }],
    [
      "$pull by condition",
      { outbox: [{ id: "a" }, { id: "b" }] },
      { $pull: { outbox: { id: { $in: ["a"] } } } },
      { outbox: [{ id: "b" }] },
    ],
    ["$addToSet", { tags: ["a"] }, { $addToSet: { tags: { $each: ["a", "b"] } } }, { tags: ["a", "b"] }],
    ["$max and $min", { high: 1, low: 1 }, { $max: { high: 5 }, $min: { low: 0 } }, { high: 5, low: 0 }],
    [
      "a positional element",
      { list: [{ id: 1 }, { id: 2 }] },
      { $set: { "list.$[it].done": true } },
      { list: [{ id: 1 }, { id: 2, done: true }] },
    ],
    ["$rename", { a: 1 }, { $rename: { a: "b" } }, { b: 1 }],
    ["$setOnInsert leaves what is there", { a: 1 }, { $setOnInsert: { a: 9 } }, { a: 1 }],
    ["a pipeline", { a: 1 }, [{ $set: { b: { $add: ["$a", 1] } } }] as Document, { a: 1, b: 2 }],
  ])("%s", async (_, before, change, after) => {
    await requests.insertOne({ _id: 1, ...before });
    const filters = JSON.stringify(change).includes("$[it]") ? { arrayFilters: [{ "it.id": 2 }] } : {};
    expect(await requests.updateOne({ _id: 1 }, change, filters)).toMatchObject({ matchedCount: 1 });
    expect(await requests.findOne({ _id: 1 })).toEqual({ _id: 1, ...after });
  });

  it("counts what it matched and what it changed", async () => {
    await requests.insertMany([
      { _id: 1, a: 1 },
      { _id: 2, a: 2 },
    ]);
    expect(await requests.updateMany({}, { $set: { a: 2 } })).toMatchObject({ matchedCount: 2, modifiedCount: 1 });
  });

  it("upserts once and returns the _id", async () => {
    expect(await requests.updateOne({ _id: 4 }, { $inc: { n: 1 } }, { upsert: true })).toMatchObject({
      upsertedCount: 1,
      upsertedId: 4,
    });
    expect(await requests.updateOne({ _id: 4 }, { $inc: { n: 1 } }, { upsert: true })).toMatchObject({
      upsertedCount: 0,
      modifiedCount: 1,
    });
  });

  it("does not create a collection when there is nothing to update", async () => {
    await db.collection("never").updateOne({ a: 1 }, { $set: { a: 2 } });
    expect(await db.listCollections({ name: "never" }).toArray()).toEqual([]);
  });

  it("lets one of many concurrent conditional updates succeed", async () => {
    await requests.insertOne({ _id: 1, version: 1, holder: null as number | null });
    const tries = Array.from({ length: 20 }, (_, holder) =>
      requests.findOneAndUpdate({ _id: 1, version: 1 }, { $set: { holder }, $inc: { version: 1 } }),
    );
    expect((await Promise.all(tries)).filter((won) => won !== null)).toHaveLength(1);
  });
});

describe("findOneAndUpdate", () => {
  it.each<[string, Document, number | null]>([
    ["before", { returnDocument: "before" }, 1],
    ["after", { returnDocument: "after" }, 2],
  ])("returns the document %s the change", async (_, options, n) => {
    await requests.insertOne({ _id: 1, n: 1 });
    expect(await requests.findOneAndUpdate({ _id: 1 }, { $inc: { n: 1 } }, options)).toMatchObject({ n });
  });

  it("takes sort and projection, upserts, deletes and replaces", async () => {
    await requests.insertMany([
      { _id: 1, p: 1 },
      { _id: 2, p: 9 },
    ]);
    expect(
      await requests.findOneAndUpdate({}, { $set: { taken: true } }, { sort: { p: -1 }, projection: { _id: 1 } }),
    ).toEqual({ _id: 2 });
    expect(await requests.findOneAndDelete({ _id: 1 })).toEqual({ _id: 1, p: 1 });
    expect(await requests.findOneAndReplace({ _id: 2 }, { p: 3 }, { returnDocument: "after" })).toEqual({
      _id: 2,
      p: 3,
    });
    expect(
      await requests.findOneAndUpdate({ _id: 7 }, { $set: { p: 7 } }, { upsert: true, returnDocument: "after" }),
    ).toEqual({ _id: 7, p: 7 });
    expect(await requests.findOneAndUpdate({ _id: 99 }, { $set: { p: 7 } })).toBeNull();
  });
});

describe("delete and bulkWrite", () => {
  it("deletes one or all", async () => {
    await requests.insertMany([{ _id: 1 }, { _id: 2 }, { _id: 3 }]);
    expect((await requests.deleteOne({ _id: { $gt: 1 } })).deletedCount).toBe(1);
    expect((await requests.deleteMany({})).deletedCount).toBe(2);
  });

  it("runs a mixed bulk in order", async () => {
    const result = await requests.bulkWrite([
      { insertOne: { document: { _id: 1, a: 1 } } },
      { updateOne: { filter: { _id: 1 }, update: { $set: { a: 2 } } } },
      { updateOne: { filter: { _id: 2 }, update: { $set: { a: 3 } }, upsert: true } },
      { deleteOne: { filter: { _id: 1 } } },
    ]);
    expect(result).toMatchObject({ insertedCount: 1, modifiedCount: 1, upsertedCount: 1, deletedCount: 1 });
    expect(await requests.find().toArray()).toEqual([{ _id: 2, a: 3 }]);
  });
});

describe("errors keep their MongoDB codes", () => {
  it.each<[string, () => Promise<unknown>, number]>([
    ["an unknown modifier", () => requests.updateOne({ _id: 1 }, { $frob: { a: 1 } }), 9],
    ["a change of _id", () => requests.updateOne({ _id: 1 }, { $set: { _id: 5 } }), 66],
    ["two changes of one path", () => requests.updateOne({ _id: 1 }, { $set: { a: 1 }, $inc: { a: 1 } }), 40],
    ["$inc of a text", () => requests.updateOne({ _id: 1 }, { $inc: { text: 1 } }), 14],
    ["a path through a text", () => requests.updateOne({ _id: 1 }, { $set: { "text.b": 1 } }), 28],
    ["an unknown filter operator", () => requests.find({ a: { $frob: 1 } }).toArray(), 2],
    ["$where", () => requests.find({ $where: "true" }).toArray(), 2],
    ["an unknown stage", () => requests.aggregate([{ $frob: {} }]).toArray(), 40324],
    [
      "$dateTrunc, which gives wrong days here",
      () => requests.aggregate([{ $project: { day: { $dateTrunc: { date: "$$NOW", unit: "day" } } } }]).toArray(),
      115,
    ],
    ["change streams", () => requests.aggregate([{ $changeStream: {} }]).toArray(), 115],
  ])("%s", async (_, run, code) => {
    await requests.insertOne({ _id: 1, text: "x" });
    await expect(run()).rejects.toMatchObject({ code });
  });
});
