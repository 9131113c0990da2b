import mongoose from "mongoose";
import { expect, it } from "vitest";
import { DatabaseSilentError, isDatabaseAway } from "../../server/kernel/database-away.ts";

const { mongo } = mongoose;
const answered = (code: number): Error => new mongo.MongoServerError({ message: "no", code });
const ofBulk = (error: object): Error => new mongo.MongoBulkWriteError(error as never, {} as never);

it.each([
  ["a line that broke", new mongo.MongoNetworkError("read ECONNRESET"), true],
  ["a line on which nothing came", new mongo.MongoNetworkTimeoutError("timed out"), true],
  ["a line that broke in the middle of a write", Object.assign(new Error("write"), { code: "ECONNRESET" }), true],
  ["a limit of ours", new DatabaseSilentError("no answer"), true],
  ["a database behind the gateway that is gone", answered(6), true],
  ["one that starts or stops", answered(91), true],
  ["a cursor of a gateway that was started anew", answered(43), true],
  ["a full disk", answered(14031), true],
  ["a bulk over a line that broke", ofBulk(new mongo.MongoNetworkError("read ECONNRESET")), true],
  ["a bulk that was refused whole", ofBulk(answered(2)), false],
  ["a bulk with a part that is there already", ofBulk({ message: "E11000", writeErrors: [{ code: 11000 }] }), false],
  ["a document that is there already", answered(11000), false],
  ["a wrong question", answered(2), false],
  ["a fault of ours", new TypeError("x is not a function"), false],
  ["a file that is not there", Object.assign(new Error("no file"), { code: "ENOENT" }), false],
])("%s", (_what, error, away) => {
  expect(isDatabaseAway(error)).toBe(away);
});
