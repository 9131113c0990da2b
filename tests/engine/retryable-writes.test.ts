import type { Document } from "mongodb";
import { beforeEach, describe, expect, it } from "vitest";
import { openDatabase } from "./client.ts";
import { newLsid, openRaw } from "./raw-client.ts";

const { client, db, uri } = openDatabase();
const accounts = db.collection<{ _id: string } & Document>("accounts");

beforeEach(async () => {
  await accounts.deleteMany({});
  await accounts.insertMany([
    { _id: "a", n: 10 },
    { _id: "b", n: 10 },
  ]);
});

const amount = async (id: string): Promise<number> => (await accounts.findOne({ _id: id }))?.["n"];

describe("retryable writes", () => {
  it.each<[string, Document, Document]>([
    ["insert", { insert: "accounts", documents: [{ _id: "c" }] }, { n: 1 }],
    ["update", { update: "accounts", updates: [{ q: { _id: "a" }, u: { $inc: { n: 1 } } }] }, { n: 1, nModified: 1 }],
    [
      "findAndModify",
      { findAndModify: "accounts", query: { _id: "a" }, update: { $inc: { n: 1 } }, new: true },
      { value: { n: 11 } },
    ],
    ["delete", { delete: "accounts", deletes: [{ q: { _id: "b" }, limit: 1 }] }, { n: 1 }],
  ])("%s: sent three times, on two connections, it happens once", async (_, command, answer) => {
    const retried = { ...command, $db: db.databaseName, lsid: newLsid(), txnNumber: 1n };
    const [one, two] = [await openRaw(uri), await openRaw(uri)];
    const answers = await Promise.all([one.command(retried), two.command(retried), one.command(retried)]);
    for (const found of answers) expect(found).toMatchObject(answer);
    expect(await amount("a")).toBeLessThanOrEqual(11);
    one.close();
    two.close();
  });

  it("run again after a failure, and refuse a number that is too old", async () => {
    const raw = await openRaw(uri);
    const fields = { $db: db.databaseName, lsid: newLsid() };
    const increment = { update: "accounts", updates: [{ q: { _id: "a" }, u: { $inc: { n: 1 } } }] };
    expect(await raw.command({ frob: 1, ...fields, txnNumber: 5n })).toMatchObject({ code: 59 });
    expect(await raw.command({ ...increment, ...fields, txnNumber: 5n })).toMatchObject({ nModified: 1 });
    expect(await raw.command({ ...increment, ...fields, txnNumber: 4n })).toMatchObject({ code: 225 });
    raw.close();
  });

  it("drop the replies of ended sessions", async () => {
    const raw = await openRaw(uri);
    const lsid = newLsid();
    const increment = { update: "accounts", updates: [{ q: { _id: "a" }, u: { $inc: { n: 1 } } }] };
    const retried = { ...increment, $db: db.databaseName, lsid, txnNumber: 1n };
    await raw.command(retried);
    await raw.command(retried);
    expect(await amount("a")).toBe(11);
    await raw.command({ endSessions: [lsid], $db: "admin" });
    await raw.command(retried);
    expect(await amount("a")).toBe(12);
    raw.close();
  });
});

describe("a transaction", () => {
  it("is refused with an error, and none of it is written", async () => {
    const session = client.startSession();
    session.startTransaction();
    const update = accounts.updateOne({ _id: "a" }, { $inc: { n: 1 } }, { session });
    await expect(update).rejects.toMatchObject({ code: 115, message: expect.stringContaining("no transactions") });
    await session.endSession();
    expect(await amount("a")).toBe(10);
  });

  it.each(["commitTransaction", "abortTransaction"])("%s is refused, too", async (name) => {
    const raw = await openRaw(uri);
    const fields = { $db: "admin", lsid: newLsid(), txnNumber: 1n };
    expect(await raw.command({ [name]: 1, ...fields, autocommit: false })).toMatchObject({ ok: 0, code: 115 });
    expect(await raw.command({ [name]: 1, ...fields, txnNumber: 2n })).toMatchObject({ ok: 0, code: 59 });
    raw.close();
  });
});
