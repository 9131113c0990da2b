import { type Document, GridFSBucket } from "mongodb";
import { beforeAll, describe, expect, it } from "vitest";
import { openDatabase } from "./client.ts";

const { db } = openDatabase();
const rows = db.collection<{ _id: number } & Document>("rows");

beforeAll(async () => {
  await rows.insertMany(
    Array.from({ length: 250 }, (_, index) => ({
      _id: index,
      community: index % 2,
      at: Math.floor(index / 3),
      name: `n${index}`,
    })),
  );
  await rows.createIndex({ community: 1, at: 1, _id: 1 });
});

describe("find", () => {
  it.each<[string, Document, Document, number[]]>([
    ["sort, skip, limit", {}, { sort: { _id: -1 }, skip: 2, limit: 3 }, [247, 246, 245]],
    ["a compound sort", { community: 0 }, { sort: { at: -1, _id: -1 }, limit: 3 }, [248, 246, 244]],
    [
      "the page after a key",
      { community: 1, $or: [{ at: { $gt: 1 } }, { at: 1, _id: { $gt: 3 } }] },
      { sort: { at: 1, _id: 1 }, limit: 3 },
      [5, 7, 9],
    ],
    ["$in and ranges", { _id: { $in: [3, 5, 900] }, at: { $gte: 1 } }, { sort: { _id: 1 } }, [3, 5]],
    ["a prefix by expression", { name: /^n24\d$/ }, { sort: { _id: 1 }, limit: 2 }, [240, 241]],
    ["nothing", { _id: -1 }, {}, []],
  ])("%s", async (_, filter, options, ids) => {
    expect((await rows.find(filter, options).toArray()).map(({ _id }) => _id)).toEqual(ids);
  });

  it("projects", async () => {
    expect(await rows.findOne({ _id: 4 }, { projection: { name: 1, _id: 0 } })).toEqual({ name: "n4" });
  });

  it("finds nothing in a missing collection", async () => {
    expect(await db.collection("absent").find().toArray()).toEqual([]);
    expect(await db.collection("absent").countDocuments()).toBe(0);
    expect(
      await db
        .collection("absent")
        .aggregate([{ $match: {} }])
        .toArray(),
    ).toEqual([]);
  });

  it("supports its read concerns", async () => {
    for (const level of ["local", "majority", "available", "linearizable"] as const)
      expect(await rows.findOne({ _id: 1 }, { readConcern: { level } })).not.toBeNull();
  });

  it("refuses snapshot reads with an error that names them", async () => {
    await expect(rows.findOne({ _id: 1 }, { readConcern: { level: "snapshot" } })).rejects.toMatchObject({
      code: 115,
      message: expect.stringContaining("snapshot"),
    });
  });

  it("gives up after maxTimeMS", async () => {
    const pairs = {
      $lookup: {
        from: "rows",
        let: { at: "$at" },
        pipeline: [{ $match: { $expr: { $lte: ["$at", "$$at"] } } }],
        as: "earlier",
      },
    };
    const slow = rows.aggregate([pairs, { $unwind: "$earlier" }, pairs, { $unwind: "$earlier" }, { $count: "n" }], {
      maxTimeMS: 20,
    });
    await expect(slow.toArray()).rejects.toMatchObject({ code: 50 });
  });
});

describe("cursors", () => {
  it.each<[string, () => Promise<unknown[]>]>([
    ["find in collection order", () => rows.find().batchSize(40).toArray()],
    ["find sorted", () => rows.find().sort({ name: 1 }).batchSize(40).toArray()],
    ["aggregate", () => rows.aggregate([{ $match: {} }, { $sort: { name: 1 } }], { batchSize: 40 }).toArray()],
    ["batches of the default size", () => rows.find().toArray()],
  ])("%s: every batch, each document once", async (_, read) => {
    const found = (await read()) as { _id: number }[];
    expect(new Set(found.map(({ _id }) => _id)).size).toBe(250);
    expect(found).toHaveLength(250);
  });

  it("is gone after it was closed early", async () => {
    const cursor = rows.find().batchSize(2);
    await cursor.next();
    const { id } = cursor;
    await cursor.close();
    await expect(db.command({ getMore: id, collection: "rows" })).rejects.toMatchObject({ code: 43 });
  });

  it("reports the killed cursors in the reply to killCursors", async () => {
    const opened = await db.command({ find: "rows", batchSize: 1 });
    const reply = await db.command({ killCursors: "rows", cursors: [opened["cursor"].id] });
    expect(reply["cursorsKilled"]).toHaveLength(1);
    expect((await db.command({ killCursors: "rows", cursors: [opened["cursor"].id] }))["cursorsNotFound"]).toHaveLength(
      1,
    );
  });

  it("belongs to its collection", async () => {
    const opened = await db.command({ find: "rows", batchSize: 1 }, { promoteLongs: false });
    await expect(db.command({ getMore: opened["cursor"].id, collection: "other" })).rejects.toMatchObject({ code: 2 });
  });
});

describe("aggregate", () => {
  it.each<[string, Document[], Document[]]>([
    [
      "$match, $group, $sort",
      [
        { $match: { _id: { $lt: 6 } } },
        { $group: { _id: "$community", n: { $sum: 1 }, last: { $max: "$_id" } } },
        { $sort: { _id: 1 } },
      ],
      [
        { _id: 0, n: 3, last: 4 },
        { _id: 1, n: 3, last: 5 },
      ],
    ],
    [
      "$facet",
      [{ $facet: { all: [{ $count: "n" }], first: [{ $sort: { _id: 1 } }, { $limit: 1 }, { $project: { _id: 1 } }] } }],
      [{ all: [{ n: 250 }], first: [{ _id: 0 }] }],
    ],
    [
      "$lookup",
      [
        { $match: { _id: 1 } },
        { $lookup: { from: "rows", localField: "at", foreignField: "_id", as: "found" } },
        { $project: { "found.name": 1 } },
      ],
      [{ _id: 1, found: [{ name: "n0" }] }],
    ],
    [
      "$lookup with a pipeline",
      [
        { $match: { _id: 5 } },
        {
          $lookup: {
            from: "rows",
            let: { at: "$at" },
            pipeline: [{ $match: { $expr: { $eq: ["$_id", "$$at"] } } }, { $project: { name: 1 } }],
            as: "f",
          },
        },
        { $project: { f: 1 } },
      ],
      [{ _id: 5, f: [{ _id: 1, name: "n1" }] }],
    ],
    [
      "$unwind and $project",
      [{ $match: { _id: 1 } }, { $project: { list: [1, 2] } }, { $unwind: "$list" }],
      [
        { _id: 1, list: 1 },
        { _id: 1, list: 2 },
      ],
    ],
    [
      "$setWindowFields",
      [
        { $match: { _id: { $lt: 3 } } },
        {
          $setWindowFields: {
            sortBy: { _id: 1 },
            output: { sum: { $sum: "$_id", window: { documents: ["unbounded", "current"] } } },
          },
        },
        { $project: { sum: 1 } },
      ],
      [
        { _id: 0, sum: 0 },
        { _id: 1, sum: 1 },
        { _id: 2, sum: 3 },
      ],
    ],
    [
      "$bucket",
      [{ $bucket: { groupBy: "$_id", boundaries: [0, 100, 250], output: { n: { $sum: 1 } } } }],
      [
        { _id: 0, n: 100 },
        { _id: 100, n: 150 },
      ],
    ],
    [
      "$dateToString in a zone",
      [
        { $match: { _id: 1 } },
        {
          $project: {
            day: {
              $dateToString: { date: new Date("2026-11-22T16:30:00Z"), format: "%Y-%m-%d", timezone: "Asia/Shanghai" },
            },
          },
        },
      ],
      [{ _id: 1, day: "2026-11-23" }],
    ],
    [
      "$percentile as an accumulator",
      [{ $group: { _id: null, p: { $percentile: { input: "$_id", p: [0.5], method: "approximate" } } } }],
      [{ _id: null, p: [124] }],
    ],
    [
      "$unionWith",
      [
        { $match: { _id: 1 } },
        { $unionWith: { coll: "rows", pipeline: [{ $match: { _id: 2 } }] } },
        { $project: { _id: 1 } },
      ],
      [{ _id: 1 }, { _id: 2 }],
    ],
  ])("%s", async (_, pipeline, expected) => {
    expect(await rows.aggregate(pipeline).toArray()).toEqual(expected);
  });

  it("writes with $merge and $out", async () => {
    await rows.aggregate([{ $match: { _id: { $lt: 3 } } }, { $out: "copied" }]).toArray();
    await rows.aggregate([{ $match: { _id: { $lt: 5 } } }, { $merge: { into: "copied" } }]).toArray();
    expect(await db.collection("copied").countDocuments()).toBe(5);
  });
});

describe("counts and lists", () => {
  it("counts, with and without a filter", async () => {
    expect(await rows.countDocuments({ community: 1 })).toBe(125);
    expect(await rows.estimatedDocumentCount()).toBe(250);
    expect(await db.command({ count: "rows", query: { community: 1 } })).toMatchObject({ n: 125 });
  });

  it("gives distinct values", async () => {
    expect((await rows.distinct("community")).toSorted((a, b) => a - b)).toEqual([0, 1]);
  });

  it("lists databases", async () => {
    const { databases } = await db.admin().listDatabases();
    expect(databases.map(({ name }) => name)).toContain(db.databaseName);
  });

  it("reports the size of a collection and of the database", async () => {
    expect(await db.command({ collStats: "rows" })).toMatchObject({ nindexes: 2 });
    expect(await db.stats()).toMatchObject({ db: db.databaseName });
  });
});

describe("GridFS", () => {
  it("returns stored bytes, completely and in part", async () => {
    const bucket = new GridFSBucket(db);
    const bytes = Buffer.from(Array.from({ length: 700_000 }, (_, index) => index % 251));
    const upload = bucket.openUploadStream("photo.jpg", { metadata: { owner: 1 } });
    await new Promise((resolve, reject) => upload.on("finish", resolve).on("error", reject).end(bytes));
    const read = async (options = {}): Promise<Buffer> =>
      Buffer.concat(await bucket.openDownloadStream(upload.id, options).toArray());
    expect((await read()).equals(bytes)).toBe(true);
    expect((await read({ start: 300_000, end: 300_010 })).equals(bytes.subarray(300_000, 300_010))).toBe(true);
    await bucket.delete(upload.id);
    await expect(read()).rejects.toThrow("not found");
  });
});
