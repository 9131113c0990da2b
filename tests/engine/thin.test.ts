import mongoose from "mongoose";
import { expect, it } from "vitest";
import { freshDatabase } from "../support/engine.ts";

const database = freshDatabase();

it("answers mongoose", async () => {
  const connection = await mongoose.createConnection(database.uri, { dbName: database.name }).asPromise();
  const Thing = connection.model("Thing", new mongoose.Schema({ name: { type: String, unique: true } }));
  await Thing.init();
  await Thing.create({ name: "a" });
  await expect(Thing.create({ name: "a" })).rejects.toMatchObject({ code: 11000, keyPattern: { name: 1 }, keyValue: { name: "a" } });
  await connection.close();
});
