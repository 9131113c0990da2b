import { readFile } from "node:fs/promises";
import { join } from "node:path";
import mongoose from "mongoose";
import { describe, expect, it } from "vitest";
import { connect, prepareDatabase } from "../../../server/core/store/connection.ts";
import { groupRequests } from "../../../server/core/store/migrations/group-requests.ts";
import { freshDatabase } from "../../support/engine.ts";
import { playRequestScene } from "../../support/request-scene.ts";
import { openWorld } from "../../support/world.ts";

type Document = mongoose.mongo.Document;

/**
 * What the program of version 3 left of {@link playRequestScene}, with the names of version 4: one document a line,
 * in MongoDB's extended JSON.
 */
const file = join(import.meta.dirname, "fixtures/requests-ungrouped.jsonl");
const { EJSON } = mongoose.mongo.BSON;
const ungrouped = (await readFile(file, "utf8"))
  .trimEnd()
  .split("\n")
  .map((line) => EJSON.parse(line) as Document);

const { uri, name } = freshDatabase();
const connection = await connect(uri, name);
// The world uses the models of this connection.
const world = await openWorld({ connection });
await prepareDatabase(connection);
const requests = connection.collection("requests");
await playRequestScene(world);
const written = await stored();
/** In data of that version an erasure was no step. */
const asBefore = written.map((request) => {
  const erased = (request["content"] as Document)["description"] === "";
  return { ...request, version: Number(request["version"]) - (erased ? 1 : 0) };
});

async function stored(): Promise<Document[]> {
  return requests.find({}).sort({ _id: 1 }).toArray();
}
async function fill(...documents: readonly Document[]): Promise<void> {
  await requests.deleteMany({});
  await requests.insertMany(documents.map((document) => ({ ...document })));
}

/** The value with sorted keys and with random parts replaced; `nameOf` replaces ids. */
const plain = (value: unknown, nameOf: (id: string) => string): unknown =>
  JSON.parse(JSON.stringify(value), (_key, each: unknown) => {
    if (typeof each === "string") {
      if (/^[0-9a-f]{24}$/.test(each)) return nameOf(each);
      if (/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]$/.test(each)) return "a number";
      return /^[0-9a-f]{8}:[\w-]{20,}$/.test(each) ? "sealed" : each;
    }
    if (typeof each !== "object" || each === null || Array.isArray(each)) return each;
    return Object.fromEntries(Object.entries(each).toSorted(([one], [other]) => (one < other ? -1 : 1)));
  });

/** Makes two runs of the scene comparable: each id is replaced by its order of appearance. */
function comparable(documents: readonly Document[]): unknown {
  const wordsOf = (document: Document): string => JSON.stringify(plain(document, () => "an id"));
  const ordered = documents.toSorted((one, other) => (wordsOf(one) < wordsOf(other) ? -1 : 1));
  const seen = new Map<string, string>();
  const nth = (id: string): string => seen.get(id) ?? (seen.set(id, `id ${seen.size}`), nth(id));
  return plain(
    plain(ordered, (id) => id),
    nth,
  );
}

describe("grouping the fields of requests", () => {
  it("gives what this program writes for the same steps", async () => {
    await fill(...ungrouped);
    expect(await groupRequests.count(connection)).toBe(ungrouped.length);
    await groupRequests.run(connection);
    expect(comparable(await stored())).toEqual(comparable(asBefore));
    expect(await groupRequests.count(connection)).toBe(0);
  });

  it("continues after an interruption, and changes nothing the next time", async () => {
    await fill(...written, ...ungrouped);
    await groupRequests.run(connection);
    const once = await stored();
    const before = new Set(written.map(({ _id }) => String(_id)));
    expect(once.filter(({ _id }) => before.has(String(_id)))).toEqual(written);
    expect(comparable(once.filter(({ _id }) => !before.has(String(_id))))).toEqual(comparable(asBefore));
    const indexes = await requests.indexes();
    await groupRequests.run(connection);
    expect([await stored(), await requests.indexes()]).toEqual([once, indexes]);
  });

  it("fills in fields that requests of the first versions lack", async () => {
    const late = ["acceptedIn", "transfer", "askedIds", "followers", "rungs", "offer", "committeeCalled", "openTasks"];
    const early = ungrouped.map((document) =>
      Object.fromEntries(Object.entries(document).filter(([field]) => !late.includes(field))),
    );
    await fill(...early);
    await groupRequests.run(connection);
    for (const request of await stored())
      expect(request).toMatchObject({
        party: { acceptedInCommunityId: null, followers: [] },
        transfer: { pending: null, askedCommunityIds: [] },
        clocks: { escalations: [] },
        dispatch: { offer: null, committeeNotified: false },
        handling: { openTasks: [] },
      });
  });

  it("names the escalations of tasks as those of requests", async () => {
    const tasks = connection.collection("co_tasks");
    const before = await tasks.find({}).sort({ _id: 1 }).toArray();
    expect(before.length).toBeGreaterThan(1);
    for (const { _id, escalations } of before) {
      const rungs = (escalations as Document[]).map(({ stage, ...rest }) => ({ ...rest, rung: stage as unknown }));
      await tasks.updateOne({ _id }, { $set: { rungs }, $unset: { escalations: "" } });
    }
    await groupRequests.run(connection);
    expect(await tasks.find({}).sort({ _id: 1 }).toArray()).toEqual(before);
  });

  it("drops the indexes over fields that have moved, and no other", async () => {
    await fill(...ungrouped);
    const names = async () => new Set((await requests.indexes()).map((index) => index.name));
    const today = await names();
    await requests.dropIndex("queue");
    await requests.createIndexes([
      { name: "queue", key: { communityId: 1, queueKey: 1 } },
      { name: "ladder", key: { dueAt: 1 } },
      { name: "former_incoming", key: { "transfer.to": 1, submittedAt: -1 } },
    ]);
    await groupRequests.run(connection);
    expect(await names()).toEqual(new Set([...today].filter((each) => each !== "queue")));
    await prepareDatabase(connection);
    expect(await names()).toEqual(today);
  });
});
