import { setTimeout as pause } from "node:timers/promises";
import { type ClientSession, type Document, MongoClient } from "mongodb";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { PgConnectionLost } from "../../engine/gateway/pg-client.ts";
import type { Pool } from "../../engine/gateway/pg-pool.ts";
import { createSessions } from "../../engine/gateway/sessions.ts";
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

async function withSession<T>(work: (session: ClientSession) => Promise<T>): Promise<T> {
  const session = client.startSession();
  try {
    return await work(session);
  } finally {
    await session.endSession();
  }
}

const amount = async (id: string): Promise<number> => (await accounts.findOne({ _id: id }))?.["n"];

describe("a transaction", () => {
  it("shows its writes to others only when it commits", () =>
    withSession(async (session) => {
      session.startTransaction({ readConcern: { level: "snapshot" }, writeConcern: { w: "majority" } });
      await accounts.updateOne({ _id: "a" }, { $inc: { n: -1 } }, { session });
      await accounts.updateOne({ _id: "b" }, { $inc: { n: 1 } }, { session });
      expect((await accounts.findOne({ _id: "a" }, { session }))?.["n"]).toBe(9);
      expect(await amount("a")).toBe(10);
      await session.commitTransaction();
      expect([await amount("a"), await amount("b")]).toEqual([9, 11]);
    }));

  it("leaves nothing when it aborts", () =>
    withSession(async (session) => {
      session.startTransaction();
      await accounts.insertOne({ _id: "c" }, { session });
      await session.abortTransaction();
      expect(await accounts.countDocuments()).toBe(2);
    }));

  it("reads the same twice, whatever others write", () =>
    withSession(async (session) => {
      session.startTransaction();
      expect((await accounts.findOne({ _id: "a" }, { session }))?.["n"]).toBe(10);
      await accounts.updateOne({ _id: "a" }, { $set: { n: 99 } });
      expect((await accounts.findOne({ _id: "a" }, { session }))?.["n"]).toBe(10);
      await session.commitTransaction();
    }));

  it("reads a cursor of several batches", () =>
    withSession(async (session) => {
      await accounts.insertMany(Array.from({ length: 50 }, (_, index) => ({ _id: `r${index}` })));
      session.startTransaction();
      expect(await accounts.find({}, { session, batchSize: 7 }).toArray()).toHaveLength(52);
      await session.commitTransaction();
    }));

  it("is ended by an error, a duplicate key too", () =>
    withSession(async (session) => {
      session.startTransaction();
      await accounts.insertOne({ _id: "c" }, { session });
      await expect(accounts.insertOne({ _id: "a" }, { session })).rejects.toMatchObject({
        code: 11000,
        keyPattern: { _id: 1 },
      });
      await expect(accounts.findOne({ _id: "c" }, { session })).rejects.toMatchObject({ code: 251 });
      await session.abortTransaction();
      expect(await accounts.countDocuments()).toBe(2);
    }));

  it("is told of a duplicate key also while as many wait for its rows as there are connections", async () => {
    await accounts.createIndex({ phone: 1 }, { unique: true, partialFilterExpression: { phone: { $exists: true } } });
    await accounts.updateOne({ _id: "b" }, { $set: { phone: "1" } });
    await withSession(async (session) => {
      session.startTransaction();
      await accounts.updateOne({ _id: "a" }, { $inc: { n: 1 } }, { session });
      const waiting = Array.from({ length: 8 }, () => accounts.updateOne({ _id: "a" }, { $inc: { n: 1 } }));
      // Until they stand there; a shorter pause would only prove less.
      await pause(500);
      const twice = accounts.insertOne({ _id: "c", phone: "1" }, { session });
      await expect(twice).rejects.toMatchObject({ code: 11000, keyPattern: { phone: 1 } });
      await Promise.all(waiting);
    });
    expect(await amount("a")).toBe(18);
  });

  it("whose time is over ends without waiting for what runs in it", async () => {
    vi.useFakeTimers();
    const statement = Promise.withResolvers<Buffer>();
    const released: unknown[] = [];
    const connection = {
      run: async () => undefined,
      abandon: () => statement.reject(new PgConnectionLost("abandoned")),
    };
    const pool = { acquire: async () => connection, release: (one: unknown) => released.push(one) };
    const sessions = createSessions(pool as unknown as Pool);
    const asked = { key: "one", number: 1n, starts: true, owner: {} };
    const told = sessions.inTransaction(asked, () => statement.promise).catch((reason: unknown) => reason);
    await vi.advanceTimersByTimeAsync(60_000);
    vi.useRealTimers();
    expect(await told).toMatchObject({
      codeName: "HostUnreachable",
      labels: ["TransientTransactionError", "RetryableWriteError"],
    });
    expect(sessions.openTransactions()).toBe(0);
    expect(released).toEqual([connection]);
  });

  it("answers a conflict while the other is still open, to be retried", () =>
    withSession(async (session) => {
      session.startTransaction();
      await accounts.updateOne({ _id: "a" }, { $inc: { n: 1 } }, { session });
      await withSession(async (second) => {
        second.startTransaction();
        const error = await accounts
          .updateOne({ _id: "a" }, { $inc: { n: 1 } }, { session: second })
          .catch((reason: unknown) => reason);
        expect(error).toMatchObject({ code: 112, errorLabels: ["TransientTransactionError"] });
        await second.abortTransaction();
      });
      await session.commitTransaction();
    }));

  it("loses nothing when ten move money at once", async () => {
    const move = (): Promise<unknown> =>
      withSession((session) =>
        session.withTransaction(async () => {
          await accounts.updateOne({ _id: "a" }, { $inc: { n: -1 } }, { session });
          await accounts.updateOne({ _id: "b" }, { $inc: { n: 1 } }, { session });
        }),
      );
    await Promise.all(Array.from({ length: 10 }, move));
    expect([await amount("a"), await amount("b")]).toEqual([0, 20]);
  });

  it("may write to a collection that is not there yet", () =>
    withSession(async (session) => {
      await session.withTransaction(async () => {
        await accounts.findOne({ _id: "a" }, { session });
        await db.collection("made_inside").insertOne({ a: 1 }, { session });
      });
      expect(await db.collection("made_inside").countDocuments()).toBe(1);
    }));

  it.each(["createIndexes", "drop", "dropDatabase"])("refuses %s", async (command) => {
    await withSession(async (session) => {
      session.startTransaction();
      await accounts.findOne({}, { session });
      await expect(
        db.command(
          { [command]: command === "dropDatabase" ? 1 : "accounts", indexes: [{ key: { n: 1 }, name: "n_1" }] },
          { session },
        ),
      ).rejects.toMatchObject({ code: 263 });
      await session.abortTransaction();
    });
  });
});

describe("commit and abort", () => {
  it("answer a commit that is sent again", () =>
    withSession(async (session) => {
      session.startTransaction();
      await accounts.insertOne({ _id: "c" }, { session });
      await session.commitTransaction();
      await session.commitTransaction();
      expect(await accounts.countDocuments()).toBe(3);
    }));

  it.each(["commitTransaction", "abortTransaction"])("%s knows no transaction of another number", async (name) => {
    const raw = await openRaw(uri);
    expect(
      await raw.command({ [name]: 1, $db: "admin", lsid: newLsid(), txnNumber: 77n, autocommit: false }),
    ).toMatchObject({ code: 251, errorLabels: ["TransientTransactionError"] });
    raw.close();
  });
});

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

  it("runs again after a failure, and refuses a number that is over", async () => {
    const raw = await openRaw(uri);
    const fields = { $db: db.databaseName, lsid: newLsid() };
    const increment = { update: "accounts", updates: [{ q: { _id: "a" }, u: { $inc: { n: 1 } } }] };
    expect(await raw.command({ frob: 1, ...fields, txnNumber: 5n })).toMatchObject({ code: 59 });
    expect(await raw.command({ ...increment, ...fields, txnNumber: 5n })).toMatchObject({ nModified: 1 });
    expect(await raw.command({ ...increment, ...fields, txnNumber: 4n })).toMatchObject({ code: 225 });
    raw.close();
  });
});

describe("a client that is gone", () => {
  it("leaves no transaction and no lock behind", async () => {
    const lost = await MongoClient.connect(uri);
    const session = lost.startSession();
    session.startTransaction();
    await lost
      .db(db.databaseName)
      .collection<{ _id: string }>("accounts")
      .updateOne({ _id: "a" }, { $inc: { n: 5 } }, { session });
    await lost.close(true);
    await expect.poll(async () => (await db.command({ serverStatus: 1 }))["gateway"].openTransactions).toBe(0);
    await accounts.updateOne({ _id: "a" }, { $inc: { n: 1 } });
    expect(await amount("a")).toBe(11);
  });
});
