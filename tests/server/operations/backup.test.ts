import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pino } from "pino";
import { describe, expect, it } from "vitest";
import { channels } from "../../../server/core/domain/notify/messages.ts";
import { createFileAnchors } from "../../../server/log/anchors.ts";
import { createFileErasures } from "../../../server/operations/erasure-notes.ts";
import { verifyLog } from "../../../server/log/verify-log.ts";
import { ensureKeyProof } from "../../../server/adapters/keys/key-proof.ts";
import { createKeys, loadKeys, newKeyRing } from "../../../server/adapters/keys/keys.ts";
import { InvalidBackupError, type Manifest, readManifest } from "../../../server/operations/backup/archive.ts";
import { planOf } from "../../../server/operations/backup/plan.ts";
import { restoreObstacles, restoreBackup } from "../../../server/operations/backup/restore-backup.ts";
import { writeBackup } from "../../../server/operations/backup/write-backup.ts";
import { ensureSchema } from "../../../server/operations/schema.ts";
import { connect, prepareDatabase } from "../../../server/core/store/connection.ts";
import { createDump } from "../../../server/core/store/dump.ts";
import { SCHEMA } from "../../../server/core/store/migrations/list.ts";
import { openKeeping } from "../../../server/open-store.ts";
import { freshDatabase } from "../../support/engine.ts";
import { phonePhoto } from "../../support/photos.ts";
import { submission } from "../../support/requests.ts";
import { dataFolder } from "../../support/data-folder.ts";
import { openWorld } from "../../support/world.ts";

const folder = await dataFolder();
const keys = await loadKeys(join(folder, "keys.json"));
const { uri, name } = freshDatabase();
const connection = await connect(uri, name);
const anchors = createFileAnchors(join(folder, "anchors.json"));
const world = await openWorld({ connection, keys, anchors });
world.clock.set(new Date());
const { store } = world.deps;
await ensureKeyProof(store, keys);
const silent = (): void => undefined;
const source = { store, dump: createDump(connection), clock: world.clock, database: name, schema: SCHEMA, say: silent };

/** Creates an empty database and the parts for a restore into it. */
async function target(data: string) {
  const fresh = freshDatabase();
  const to = await connect(fresh.uri, fresh.name);
  const { store: there, files, modules } = openKeeping(to, keys);
  return {
    ...fresh,
    connection: to,
    ...{ store: there, files, modules },
    dump: createDump(to),
    keys,
    clock: world.clock,
    log: pino({ level: "silent" }),
    prepare: () => prepareDatabase(to),
    erasureNotes: createFileErasures(join(data, "erasures.jsonl")),
    anchorsFile: join(data, "anchors.json"),
    schema: SCHEMA,
    say: silent,
  };
}

const [resident, cadre] = [await world.resident(), await world.cadre()];
const [asResident, asCadre] = [await world.as(resident), await world.as(cadre)];
const file = async () => (await asResident.call("POST /api/requests", { body: submission() })).ok.id;
const claim = async (id: string) => (await asCadre.call("POST /api/requests/:id/claim", { params: { id } })).ok;

async function upload(bytes: Buffer): Promise<void> {
  const form = new FormData();
  form.set("file", new Blob([new Uint8Array(bytes)], { type: "image/jpeg" }), "a.jpg");
  const token = world.deps.tokens.issueAccess(resident.id, "s", world.clock.now());
  const headers = { authorization: `Bearer ${token}` };
  expect((await fetch(`${world.base}/api/uploads`, { method: "POST", body: form, headers })).status).toBe(201);
}

describe("a backup of a database in use", { timeout: 120_000 }, () => {
  it("restores completely: every step taken before, no row of a step that has not happened, and the relay continues", async () => {
    await upload(await phonePhoto());
    const before = [await file(), await file(), await file()];
    await claim(before[0]!);
    await world.relay.drain();
    // Steps are taken between all parts of the backup; some are relayed and some not. One request has steps before and
    // after
    // each part.
    const meanwhile: string[] = [];
    const long = await file();
    const hand = async (text: string) =>
      asResident.call("POST /api/requests/:id/message", { params: { id: long }, body: { text, fileIds: [] } });
    const path = join(folder, "first");
    const manifest = await writeBackup(
      {
        ...source,
        async probe(stage) {
          if (stage === "rest") await claim(long);
          meanwhile.push(await file());
          await hand(stage);
          if (stage !== "rest") await world.relay.drain();
          meanwhile.push(await file());
          await claim(meanwhile.at(-1)!);
          if (stage === "after") await world.relay.drain();
        },
      },
      path,
    );
    expect(manifest.after.documents).toBeGreaterThan(3);

    const to = await target(await dataFolder());
    expect(await restoreObstacles(to, await readManifest(path), false)).toEqual([]);
    const report = await restoreBackup(to, path, await readManifest(path));
    expect(report.faults).toEqual([]);
    expect(report.rows).toBeGreaterThan(6);
    const copy = await openWorld({
      connection: await connect(to.uri, to.name),
      keys,
      communities: [],
      anchors: createFileAnchors(to.anchorsFile),
    });
    copy.clock.set(world.clock.now());
    // Steps that were acknowledged before the backup are in the copy.
    for (const id of [...before, long]) expect((await copy.deps.store.requests.load(id))?.request.id).toBe(id);
    expect((await copy.deps.store.requests.load(before[0]!))?.request.handlerId).toBe(cadre.id);
    expect((await (await copy.as(resident)).call("GET /api/inbox")).ok.items.length).toBeGreaterThan(0);
    // No row is newer than its aggregate; otherwise the aggregate's next event would be taken for an already relayed
    // one.
    for await (const aggregates of copy.deps.store.outbox.everyAggregate())
      expect(await copy.deps.store.log.has(aggregates.map(({ id, version }) => `${id}:${version + 1}`))).toEqual(
        new Set(),
      );
    expect(await to.dump.count("photo_bytes.chunks")).toBeGreaterThan(0);

    // Messages from before the backup are not sent again.
    await copy.relay.drain();
    for (const channel of channels)
      expect(await copy.deps.store.deliveries.due(channel, new Date(8.64e15), 1)).toEqual([]);

    // The copy can be used.
    const again = await copy.as(resident);
    const { id } = (await again.call("POST /api/requests", { body: submission() })).ok;
    await (await copy.as(cadre)).call("POST /api/requests/:id/claim", { params: { id: before[1]! } });
    await copy.relay.drain();
    expect(await copy.deps.store.log.has([`${id}:1`, `${before[1]}:2`])).toEqual(
      new Set([`${id}:1`, `${before[1]}:2`]),
    );
    expect((await verifyLog(copy.deps.store, keys, createFileAnchors(to.anchorsFile))).faults).toEqual([]);
    // Each notice exists once, including earlier ones.
    const claims = (await copy.deps.store.log.after("east", 0, 1_000)).filter(({ type }) => type === "request.claimed");
    const inbox = (await copy.deps.store.notices.list([resident.id], 1_000)).items.filter(
      ({ type }) => type === "request.claimed",
    );
    expect(inbox.map(({ _id }) => _id).toSorted()).toEqual(claims.map(({ _id }) => `${_id}:${resident.id}`).toSorted());
  });
});

/** The raw documents of the collections in a backup. */
async function bytesOf(dump: ReturnType<typeof createDump>): Promise<Record<string, string[]>> {
  const { progress, derived, rest } = await planOf(dump);
  const all: Record<string, string[]> = {};
  for (const collection of [...progress, ...derived, ...rest, "service_log"]) {
    const documents: string[] = [];
    for await (const bytes of dump.read(collection)) documents.push(Buffer.from(bytes).toString("base64"));
    if (documents.length) all[collection] = documents.toSorted();
  }
  return all;
}

describe("a backup of an idle database", { timeout: 60_000 }, () => {
  let path: string;
  let manifest: Manifest;

  it("restores every document byte by byte", async () => {
    await world.relay.drain();
    path = join(folder, "second");
    manifest = await writeBackup(source, path);
    expect(manifest.after.documents).toBe(0);
    const to = await target(await dataFolder());
    const report = await restoreBackup(to, path, manifest);
    expect(report.faults).toEqual([]);
    const [before, after] = [await bytesOf(source.dump), await bytesOf(to.dump)];
    // These differ on purpose: progress of consumers, unsent messages, and data of the installation itself.
    for (const one of ["meta", "consumer_offsets", "deliveries"]) {
      delete before[one];
      delete after[one];
    }
    expect(after).toEqual(before);
    expect(before["service_log"]?.length).toBeGreaterThan(10);
    expect(before["photo_bytes.chunks"]?.length).toBeGreaterThan(0);
  });

  it("has no key, login or code, and only its owner can read it", async () => {
    const names = manifest.parts.map((part) => part.name);
    for (const kept of ["sessions", "otps", "limits", "partition_leases", "wechat_tokens"])
      expect(names).not.toContain(kept);
    const ring = JSON.parse(await readFile(join(folder, "keys.json"), "utf8")) as Record<string, { secret: string }[]>;
    const text = await readFile(join(path, "manifest.json"), "utf8");
    for (const { secret } of Object.values(ring).flat()) expect(text).not.toContain(secret);
    expect((await stat(path)).mode & 0o077).toBe(0);
    expect((await stat(join(path, "users.bson.gz"))).mode & 0o077).toBe(0);
  });

  it.each([
    ["of another program's version", { schema: SCHEMA + 1 }, {}, /先升级程序/],
    ["with other keys", {}, { keys: createKeys(newKeyRing()) }, /密钥文件/],
  ])("is not restored %s", async (_what, over, parts, sentence) => {
    const to = await target(await dataFolder());
    expect((await restoreObstacles({ ...to, ...parts }, { ...manifest, ...over }, false)).join("")).toMatch(sentence);
  });

  it("is not restored over data without --replace, nor while a server runs", async () => {
    const to = { ...(await target(await dataFolder())), ...source };
    await world.relay.stop();
    world.clock.set(new Date());
    expect((await restoreObstacles(to, manifest, false)).join("")).toMatch(/已有数据/);
    expect(await restoreObstacles(to, manifest, true)).toEqual([]);
    await store.partitions.acquire(3, "a server", world.clock.now(), new Date(world.clock.now().getTime() + 9_000));
    expect((await restoreObstacles(to, manifest, true)).join("")).toMatch(/先停止全部服务/);
    await store.partitions.release("a server", world.clock.now());
  });

  it("whose restore was interrupted lets no server start, and is restored again", async () => {
    const to = await target(await dataFolder());
    const dying = (part: string): void => {
      if (part === "users") throw new Error("killed");
    };
    await expect(restoreBackup({ ...to, probe: dying }, path, manifest)).rejects.toThrow("killed");
    const start = () => ensureSchema({ ...to, holder: "a server" }, { ask: false });
    await expect(start()).rejects.toThrow(/恢复到一半/);
    expect(await restoreObstacles(to, manifest, true)).toEqual([]);
    expect((await restoreBackup(to, path, manifest)).faults).toEqual([]);
    await start();
  });

  it("restored over a newer state also resets the notes outside the database, and keeps a copy of them", async () => {
    const data = await dataFolder();
    const to = await target(data);
    const newer = { east: { pos: 1_000_000, seal: "x:y" } };
    await writeFile(to.anchorsFile, JSON.stringify(newer));
    expect((await restoreBackup(to, path, manifest)).faults).toEqual([]);
    expect((await createFileAnchors(to.anchorsFile).read())["east"]).toEqual(manifest.tails["east"]);
  });

  it.each([
    ["a byte was changed", (bytes: Buffer) => bytes.fill(bytes[200]! ^ 1, 200, 201)],
    ["it ends early", (bytes: Buffer) => bytes.subarray(0, -10)],
  ])("is refused when %s", async (_what, damage) => {
    const victim = join(path, "users.bson.gz");
    const sound = await readFile(victim);
    await writeFile(victim, damage(Buffer.from(sound)));
    await expect(readManifest(path)).rejects.toThrow(InvalidBackupError);
    await writeFile(victim, sound);
    await expect(readManifest(path)).resolves.toEqual(manifest);
  });
});
