import mongoose from "mongoose";
import { beforeEach, describe, expect, it } from "vitest";
import { openDatabase } from "./client.ts";

const { db, uri, name } = openDatabase();
const things = db.collection("things");

beforeEach(async () => {
  await things.drop();
});

describe("collections", () => {
  it("are created explicitly, by a write and by an index, and listed", async () => {
    await db.createCollection("by_hand");
    await db.collection("by_write").insertOne({ a: 1 });
    await db.collection("by_index").createIndex({ a: 1 });
    const names = (await db.listCollections({}, { nameOnly: true }).toArray()).map((collection) => collection.name);
    expect(names).toEqual(expect.arrayContaining(["by_hand", "by_write", "by_index"]));
  });

  it("are created once by many concurrent first writes", async () => {
    await Promise.all(Array.from({ length: 20 }, (_, index) => things.insertOne({ index })));
    expect(await things.countDocuments()).toBe(20);
  });

  it("can be created again after a drop, which also works for a missing one", async () => {
    await things.insertOne({ a: 1 });
    await things.drop();
    await things.drop();
    await things.insertOne({ a: 2 });
    expect(await things.countDocuments()).toBe(1);
  });

  it("check their documents with a validator", async () => {
    await db.createCollection("things", { validator: { $jsonSchema: { required: ["a"] } } });
    await expect(things.insertOne({ b: 1 })).rejects.toMatchObject({ code: 121 });
    await db.command({ collMod: "things", validator: { $jsonSchema: { required: ["b"] } } });
    await things.insertOne({ b: 1 });
  });

  it.each([
    ["capped", { capped: true, size: 4096 }],
    ["timeseries", { timeseries: { timeField: "at" } }],
    ["clusteredIndex", { clusteredIndex: { key: { _id: 1 }, unique: true } }],
    ["collation", { collation: { locale: "zh" } }],
  ])("refuses %s by name", async (option, options) => {
    await expect(db.createCollection("special", options)).rejects.toMatchObject({
      code: 115,
      message: expect.stringContaining(`"${option}"`),
    });
  });

  it("refuses a name that MongoDB refuses", async () => {
    await expect(db.command({ insert: "a$b", documents: [{ _id: 1 }] })).rejects.toMatchObject({ code: 73 });
  });
});

describe("indexes", () => {
  it("are made, listed and dropped", async () => {
    await things.createIndexes([
      { key: { a: 1 } },
      { key: { b: -1, c: 1 }, name: "bc" },
      { key: { d: 1 }, sparse: true },
    ]);
    expect((await things.indexes()).map((index) => index.name)).toEqual(["_id_", "a_1", "bc", "d_1"]);
    await things.dropIndex("bc");
    await expect(things.dropIndex("bc")).rejects.toMatchObject({ code: 27 });
    await things.dropIndexes();
    expect((await things.indexes()).map((index) => index.name)).toEqual(["_id_"]);
  });

  it("are as they were declared", async () => {
    await things.createIndex({ a: 1, b: -1 }, { unique: true, partialFilterExpression: { a: { $exists: true } } });
    expect(await things.indexes()).toMatchObject([
      {},
      { key: { a: 1, b: -1 }, unique: true, partialFilterExpression: { a: { $exists: true } } },
    ]);
  });

  it("can be created again, but not with other options under the same name", async () => {
    await things.createIndex({ a: 1 });
    await things.createIndex({ a: 1 });
    await expect(things.createIndex({ a: 1 }, { unique: true })).rejects.toMatchObject({ code: 86 });
    await expect(things.createIndex({ a: 1 }, { name: "other" })).rejects.toMatchObject({ code: 85 });
  });

  it("reports a missing collection", async () => {
    await expect(db.collection("absent").indexes()).rejects.toMatchObject({ code: 26 });
  });

  it.each([
    ["hidden", { hidden: true }],
    ["collation", { collation: { locale: "zh" } }],
  ])("refuses %s by name", async (option, options) => {
    await expect(things.createIndex({ a: 1 }, options)).rejects.toMatchObject({
      code: 115,
      message: expect.stringContaining(option),
    });
  });

  it("need no change by mongoose on the next start", async () => {
    const connection = await mongoose.createConnection(uri, { dbName: name }).asPromise();
    const schema = new mongoose.Schema({ a: Number, at: Date });
    schema.index({ a: 1 }, { unique: true, partialFilterExpression: { a: { $exists: true } } });
    schema.index({ at: 1 }, { expireAfterSeconds: 60 });
    const Model = connection.model("things", schema);
    await Model.syncIndexes();
    expect(await Model.diffIndexes()).toEqual({ toDrop: [], toCreate: [] });
    await connection.close();
  });

  it("expire documents", { timeout: 40_000 }, async () => {
    await things.createIndex({ at: 1 }, { expireAfterSeconds: 1 });
    await things.insertMany([{ at: new Date(0) }, { at: new Date(Date.now() + 3_600_000) }]);
    await expect.poll(() => things.countDocuments(), { timeout: 35_000, interval: 500 }).toBe(1);
  });

  it("change their expiry", async () => {
    await things.createIndex({ at: 1 }, { expireAfterSeconds: 1000 });
    await db.command({ collMod: "things", index: { keyPattern: { at: 1 }, expireAfterSeconds: 2000 } });
    expect(await things.indexes()).toMatchObject([{}, { expireAfterSeconds: 2000 }]);
  });
});

describe("analyze", () => {
  it("accepts one collection or all", async () => {
    await things.insertOne({ a: 1 });
    expect(await db.command({ analyze: "things" })).toMatchObject({ ok: 1 });
    expect(await db.command({ analyze: 1 })).toMatchObject({ ok: 1 });
    await expect(db.command({ analyze: "absent" })).rejects.toMatchObject({ code: 26 });
  });
});

describe("dropDatabase", () => {
  it("drops its collections and nothing else", async () => {
    await things.insertOne({ a: 1 });
    const neighbour = mongoose.createConnection(uri, { dbName: `${name}_b` });
    await neighbour.asPromise();
    await neighbour.collection("things").insertOne({ a: 1 });
    await neighbour.dropDatabase();
    expect(await neighbour.collection("things").countDocuments()).toBe(0);
    expect(await things.countDocuments()).toBe(1);
    await neighbour.collection("things").insertOne({ a: 2 });
    expect(await neighbour.collection("things").countDocuments()).toBe(1);
    await neighbour.dropDatabase();
    await neighbour.close();
  });
});
