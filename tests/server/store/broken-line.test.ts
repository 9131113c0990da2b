import mongoose from "mongoose";
import { afterAll, expect, it } from "vitest";
import { createGroupInserter, createGroupWriter } from "../../../server/kernel/group-writes.ts";
import { ignoreDuplicates } from "../../../server/kernel/object-ids.ts";
import { openLine } from "../../support/tcp-proxy.ts";
import { freshDatabase } from "../../support/engine.ts";

const { MongoClient, ObjectId } = mongoose.mongo;
const { uri, name } = freshDatabase();
const line = await openLine();
const address = new URL(uri);
line.lead(Number(address.port));
address.port = String(line.port);
address.searchParams.set("directConnection", "true");
const client = await MongoClient.connect(address.href, { serverSelectionTimeoutMS: 300 });
const collection = client.db(name).collection<mongoose.mongo.Document>("things");
afterAll(async () => {
  await client.close();
  line.close();
});

const ids = Array.from({ length: 5 }, () => new ObjectId());
await collection.insertMany(ids.map((_id) => ({ _id, version: 1 })));
const HOUR = 3_600_000;

// The driver reports a lost connection as an error of the bulk write that names none of its operations. None of them
// may
// then be taken for written.
it("over a line that breaks no write is taken for done", async () => {
  const write = createGroupWriter(collection);
  const insert = createGroupInserter(collection);
  expect(await write({ id: ids[0]!, version: 1, update: { $set: { version: 2 } } })).toBe(true);
  line.cut(HOUR);
  const writes = ids.slice(1).map((id) => write({ id, version: 1, update: { $set: { version: 2 } } }));
  const inserts = [1, 2].map(() => insert({ _id: new ObjectId() }));
  const many = [1, 2].map(() => ({ _id: new ObjectId() }));
  const settled = await Promise.allSettled([
    ...writes,
    ...inserts,
    ignoreDuplicates(collection.insertMany(many, { ordered: false })),
    ignoreDuplicates(
      collection.bulkWrite(
        many.map((document) => ({ insertOne: { document } })),
        { ordered: false },
      ),
    ),
  ]);
  expect(settled.map(({ status }) => status)).toEqual(settled.map(() => "rejected"));
});
