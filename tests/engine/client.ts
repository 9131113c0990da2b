import { type Db, MongoClient } from "mongodb";
import { afterAll, beforeAll } from "vitest";
import { freshDatabase } from "../support/engine.ts";

/** The driver's client on a database of this test file's own. */
export function openDatabase(): { client: MongoClient; db: Db; uri: string; name: string } {
  const { uri, name } = freshDatabase();
  const client = new MongoClient(uri, { writeConcern: { w: "majority", journal: true } });
  beforeAll(async () => {
    await client.connect();
  });
  afterAll(() => client.close());
  return { client, db: client.db(name), uri, name };
}
