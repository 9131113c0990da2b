import type { Document } from "mongodb";
import { beforeEach, describe, expect, it } from "vitest";
import { openDatabase } from "./client.ts";

const { db } = openDatabase();
const requests = db.collection<{ _id: number } & Document>("requests");

beforeEach(() => requests.deleteMany({}));

describe("concurrent writes of the same documents", () => {
  it("are each done once, whatever the order of the documents", async () => {
    const ids = Array.from({ length: 200 }, (_, index) => index);
    await requests.insertMany(ids.map((_id) => ({ _id, group: "a", count: 0 })));
    const one = (_id: number) => ({ updateOne: { filter: { _id }, update: { $inc: { count: 1 } } } });
    const orders = [ids, ids.toReversed()];
    for (let round = 0; round < 5; round++)
      await Promise.all([
        ...orders.map((order) => requests.bulkWrite(order.map(one), { ordered: false })),
        requests.updateMany({ group: "a" }, { $inc: { count: 1 } }),
      ]);
    expect(await requests.distinct("count")).toEqual([15]);
  });

  it("are each done once while indexes are created and dropped", async () => {
    const ids = Array.from({ length: 100 }, (_, index) => index);
    await requests.insertMany(ids.map((_id) => ({ _id, group: "a", count: 0 })));
    const redefined = async (): Promise<void> => {
      for (let n = 0; n < 10; n++) {
        await requests.createIndex({ count: 1 }, { name: "by_count" });
        await requests.dropIndex("by_count");
      }
    };
    const counted = async (): Promise<void> => {
      for (let n = 0; n < 20; n++) await requests.updateMany({ group: "a" }, { $inc: { count: 1 } });
    };
    await Promise.all([redefined(), counted(), counted()]);
    expect(await requests.distinct("count")).toEqual([40]);
  });
});
