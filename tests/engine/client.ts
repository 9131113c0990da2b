import { type Db, MongoClient } from "mongodb";
import { afterAll, beforeAll } from "vitest";
import { freshDatabase } from "../support/engine.ts";

/** A client of the driver with a new database for the calling test file. */
export function openDatabase(): { client: MongoClient; db: Db; uri: string; name: string } {
  const { uri, name } = freshDatabase();
  const client = new MongoClient(uri, { writeConcern: { w: "majority", journal: true } });
  beforeAll(async () => {
    await client.connect();
  });
  afterAll(() => client.close());
  return { client, db: client.db(name), uri, name };
}
