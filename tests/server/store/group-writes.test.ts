import mongoose from "mongoose";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { connect } from "../../../server/core/store/connection.ts";
import { createGroupInserter, createGroupWriter } from "../../../server/kernel/group-writes.ts";
import { freshDatabase } from "../../support/engine.ts";

const { ObjectId } = mongoose.mongo;
const { uri, name } = freshDatabase();
let connection: mongoose.Connection;
let collection: mongoose.mongo.Collection<mongoose.mongo.Document>;
let ids: mongoose.mongo.ObjectId[];

beforeAll(async () => {
  connection = await connect(uri, name);
  collection = connection.collection("things");
});
afterAll(() => connection.close());
beforeEach(async () => {
  ids = Array.from({ length: 30 }, () => new ObjectId());
  await collection.deleteMany({});
  await collection.insertMany(ids.map((_id) => ({ _id, version: 1, by: "nobody" })));
});

const change = (id: mongoose.mongo.ObjectId, version: number, by: string) => ({
  ...{ id, version },
  update: { $set: { by, version: version + 1 }, $push: { log: by } as never },
});
const stored = async (id: mongoose.mongo.ObjectId) => collection.findOne({ _id: id });

describe("conditional writes of one moment", () => {
  it("are each done or not by their own condition, and each is told which", async () => {
    const write = createGroupWriter(collection);
    const done = await Promise.all(ids.map((id, n) => write(change(id, n % 3 === 0 ? 7 : 1, `w${n}`))));
    expect(done).toEqual(ids.map((_, n) => n % 3 !== 0));
    for (const [n, id] of ids.entries()) {
      const expected = n % 3 === 0 ? { version: 1, by: "nobody" } : { version: 2, by: `w${n}`, log: [`w${n}`] };
      expect(await stored(id)).toEqual({ _id: id, ...expected });
    }
  });

  it("of one document: one is done, the others are told that it has moved", async () => {
    const write = createGroupWriter(collection);
    const [id] = ids as [mongoose.mongo.ObjectId];
    const done = await Promise.all(Array.from({ length: 50 }, (_, n) => write(change(id, 1, `w${n}`))));
    expect(done.filter(Boolean)).toHaveLength(1);
    expect(await stored(id)).toMatchObject({ version: 2, log: [`w${done.indexOf(true)}`] });
  });

  it("from two processes: of each document one is done", async () => {
    const [one, other] = [createGroupWriter(collection), createGroupWriter(collection)];
    const all = await Promise.all(
      ids.map(async (id) => Promise.all([one(change(id, 1, "one")), other(change(id, 1, "other"))])),
    );
    for (const [n, [first, second]] of all.entries()) {
      expect(first).not.toBe(second);
      expect(await stored(ids[n]!)).toMatchObject({ version: 2, log: [first ? "one" : "other"] });
    }
  });

  it("of a document that is not there leave none behind", async () => {
    const write = createGroupWriter(collection);
    const nowhere = new ObjectId();
    expect(await Promise.all([write(change(ids[0]!, 1, "a")), write(change(nowhere, 1, "b"))])).toEqual([true, false]);
    expect(await stored(nowhere)).toBeNull();
  });

  it("of which one is malformed: only that one fails", async () => {
    const write = createGroupWriter(collection);
    const broken = { id: ids[1]!, version: 1, update: { $push: { by: "not a list" } as never } };
    const [good, bad] = await Promise.allSettled([write(change(ids[0]!, 1, "a")), write(broken)]);
    expect(good).toEqual({ status: "fulfilled", value: true });
    expect(bad.status).toBe("rejected");
  });
});

describe("inserts of one moment", () => {
  it("fail each by itself, with the index that refused it", async () => {
    const insert = createGroupInserter(collection);
    const fresh = new ObjectId();
    const [good, taken] = await Promise.allSettled([insert({ _id: fresh, version: 1 }), insert({ _id: ids[0] })]);
    expect(good.status).toBe("fulfilled");
    expect(taken).toMatchObject({ status: "rejected", reason: { code: 11000 } });
    expect(await stored(fresh)).toMatchObject({ version: 1 });
  });
});
