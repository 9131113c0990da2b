import { join } from "node:path";
import { pino } from "pino";
import { beforeAll, describe, expect, it } from "vitest";
import { systemClock } from "../../../server/kernel/clock.ts";
import { createMemoryAnchors } from "../../../server/log/anchors.ts";
import { createRelay } from "../../../server/log/relay.ts";
import { collectionNamed } from "../../../server/kernel/collection.ts";
import { partitionOf } from "../../../server/kernel/partition.ts";
import { loadKeys } from "../../../server/adapters/keys/keys.ts";
import { NOTICES } from "../../../server/core/consumers/notices.ts";
import { connect, prepareDatabase } from "../../../server/core/store/connection.ts";
import { createDump } from "../../../server/core/store/dump.ts";
import { useStandardNames } from "../../../server/core/store/migrations/standard-names.ts";
import { dayOf } from "../../../server/core/domain/community/calendar.ts";
import { isDutyEndUnrecorded } from "../../../server/core/domain/accounts/user.ts";
import { openKeeping } from "../../../server/open-store.ts";
import { createFileErasures } from "../../../server/operations/erasure-notes.ts";
import { readManifest } from "../../../server/operations/backup/archive.ts";
import { restoreBackup } from "../../../server/operations/backup/restore-backup.ts";
import { writeBackup } from "../../../server/operations/backup/write-backup.ts";
import { SCHEMA } from "../../../server/core/store/migrations/list.ts";
import { dataFolder } from "../../support/data-folder.ts";
import { freshDatabase } from "../../support/engine.ts";
import { submission } from "../../support/requests.ts";
import { openWorld } from "../../support/world.ts";

const folder = await dataFolder();
const keys = await loadKeys(join(folder, "keys.json"));
const { uri, name } = freshDatabase();
const connection = await connect(uri, name);
const world = await openWorld({ connection, keys });
const { deps, relay, clock } = world;
const { store } = deps;
const named = (collection: string) => collectionNamed(connection, collection);

/** All documents by collection, in order of id. Empty collections are left out. */
async function everything(of = connection): Promise<Record<string, unknown[]>> {
  const found: Record<string, unknown[]> = {};
  for (const { name: one } of await of.listCollections()) {
    const documents = await of.collection(one).find({}).sort({ _id: 1 }).toArray();
    if (documents.length) found[one] = documents;
  }
  return found;
}

const aggregates = ["requests", "users", "communities", "request_messages", "photos", "exports"];

/** Converts all documents to the form of the previous version. */
async function makeFormer(): Promise<void> {
  for (const aggregate of aggregates) {
    const fields = { idempotency: "steps", outboxPartitions: "outboxLanes" };
    await named(aggregate).updateMany({}, { $rename: fields });
    await named(aggregate).dropIndex("outbox_by_partition");
    await named(aggregate).createIndex({ outboxLanes: 1 }, { name: "outbox_by_lane" }, {});
  }
  await named("identities").updateMany({}, { $rename: { pendingFactor: "begunFactor" } });
  await named("photos").updateMany({}, { $rename: { referenceConfirmed: "seen" } });
  await named("exports").updateMany({}, { $set: { "filter.late": "plea" }, $unset: { "filter.attention": "" } });
  await named("users").updateMany(
    { "duty.endRecordedAt": { $exists: true } },
    { $set: { "duty.ended": true }, $unset: { "duty.endRecordedAt": "" } },
  );
  const offsets = await named("consumer_offsets").find({}).toArray();
  await named("consumers").insertMany(offsets.map(({ _id, offset }) => ({ _id, pos: offset as number })));
  await named("rounds").insertMany(await named("handling_cycles").find({}).toArray());
  await named("lanes").insertOne({ _id: 3 as never, holder: "gone", token: 7, until: new Date(0) });
  await named("guesses").insertOne({ _id: "hash" as never, tries: 4, lockedUntil: new Date(0), forgetAt: new Date(0) });
  await named("claim_intents").insertOne({ _id: "key" as never, requestId: "r", forgetAt: new Date(0) });
  await named("job_leases").insertOne({ _id: "ladder" as never, holder: null, token: 1, until: new Date(0) });
  for (const one of ["consumer_offsets", "handling_cycles", "partition_leases"]) await connection.dropCollection(one);
}

const resident = await world.resident();
const cadre = await world.cadre();
const clerk = await world.staff("committee");
const [mine, his, desk] = [await world.as(resident), await world.as(cadre), await world.as(clerk)];
const today = dayOf(clock.now());
const figures = async () =>
  (await desk.call("GET /api/figures", { query: { from: today, to: today, by: "cadre" } })).ok;
const key = "claim-of-the-first-0001";
let [id, before, report]: [string, Record<string, unknown[]>, unknown] = ["", {}, null];

beforeAll(async () => {
  id = (await mine.call("POST /api/requests", { body: submission() })).ok.id;
  await his.call("POST /api/requests/:id/claim", { params: { id }, key });
  await mine.call("POST /api/requests/:id/message", { params: { id }, body: { text: "几点来？", fileIds: [] } });
  await desk.call("POST /api/exports", {
    body: { communityId: "east", kind: "requests", format: "csv", attention: "time-request" },
  });
  await relay.drain();
  // Events that are in an outbox during the migration are not lost.
  await mine.call("POST /api/requests/:id/message", { params: { id }, body: { text: "在家", fileIds: [] } });
  await his.call("POST /api/duty/end", {});
  const photo = { ownerId: resident.id, state: "attached", target: { kind: "request", id }, width: 1, height: 1 };
  await named("photos").insertOne({
    ...{ ...photo, bytes: 1, at: clock.now(), referenceConfirmed: true },
    ...{ version: 0, idempotency: [], outbox: [] },
  });
  const factor = { sealed: { keyId: "k", text: "s" }, at: clock.now() };
  await named("identities").insertOne({ userId: clerk.id, kind: "account", subject: "clerk-0", pendingFactor: factor });
  report = await figures();
  before = await everything();
  await relay.stop();
  await makeFormer();
});

describe("a database with the former names", () => {
  it("gets the current shape by a backup and a restore", async () => {
    const path = join(folder, "before");
    const parts = { clock, say: () => undefined };
    // The previous version's backups contain these collections, but not those of leases and waits.
    await writeBackup(
      { ...parts, store, dump: createDump(connection), database: name, schema: useStandardNames.to - 1 },
      path,
    );
    const fresh = freshDatabase();
    const to = await connect(fresh.uri, fresh.name);
    const { store: there, files, modules } = openKeeping(to, keys);
    const { faults } = await restoreBackup(
      {
        ...{ ...parts, connection: to, keys, store: there, files, modules, dump: createDump(to), schema: SCHEMA },
        log: pino({ level: "silent" }),
        prepare: () => prepareDatabase(to),
        erasureNotes: createFileErasures(join(folder, "erasures.jsonl")),
        anchorsFile: join(folder, "anchors.json"),
      },
      path,
      await readManifest(path),
    );
    expect(faults).toEqual([]);
    // The restore has moved the events from the outboxes into the log.
    expect((await there.log.ofRequest(id)).filter(({ type }) => type === "request.message_sent")).toHaveLength(2);
    expect(await there.meta.get("schema")).toBe(SCHEMA);
    await to.close();
  });

  it("is migrated to what the current program would have written, also after an interruption", async () => {
    expect(await useStandardNames.count(connection)).toBeGreaterThan(10);
    // Simulates a migration that was interrupted after a part of the documents.
    const [first] = await named("consumers").find({}).sort({ _id: 1 }).limit(1).toArray();
    await named("consumer_offsets").insertOne({ _id: first!._id, offset: first!["pos"] as number });
    await named("requests").updateMany({}, { $rename: { steps: "idempotency" } });
    await useStandardNames.run(connection);
    const after = await everything();
    // Leases are acquired anew, so they may differ.
    for (const one of ["partition_leases", "meta"]) {
      delete before[one];
      delete after[one];
    }
    expect(Object.keys(after).toSorted()).toEqual(Object.keys(before).toSorted());
    for (const [collection, documents] of Object.entries(before))
      expect({ collection, documents: after[collection] }).toEqual({ collection, documents });
    for (const aggregate of aggregates)
      expect((await named(aggregate).indexes()).map((index) => index.name)).not.toContain("outbox_by_lane");
    const there = (await connection.listCollections()).map((collection) => collection.name);
    for (const one of ["lanes", "consumers", "guesses", "claim_intents", "rounds"]) expect(there).not.toContain(one);
  });

  it("is not changed by a second run", async () => {
    const once = await everything();
    expect(await useStandardNames.count(connection)).toBe(0);
    await useStandardNames.run(connection);
    expect(await everything()).toEqual(once);
  });

  it("is read by the current repositories, and goes on", async () => {
    await prepareDatabase(connection);
    expect(await store.outbox.pending([partitionOf("east")], 10)).toHaveLength(3);
    expect(await figures()).toEqual(report);
    expect(await store.partitions.offset(NOTICES, "east")).toBeGreaterThan(0);
    expect(isDutyEndUnrecorded((await store.users.find(cadre.id))!.duty, clock.now())).toBe(false);
    const [asked] = (await desk.call("GET /api/exports")).ok.items;
    expect((await deps.exports.load(asked!.id))?.value.filter.attention).toBe("time-request");
    // A repeated call with the same key is recognized.
    expect((await his.call("POST /api/requests/:id/claim", { params: { id }, key })).code).toBeNull();
    const log = pino({ level: "silent" });
    const anchors = createMemoryAnchors();
    const next = createRelay({ store, keys, clock: systemClock, log, holder: "next", consumers: [], anchors });
    await next.drain();
    await next.stop();
    expect(await store.outbox.pending([partitionOf("east")], 10)).toEqual([]);
  });
});
