import { appendFile, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pino } from "pino";
import { describe, expect, it } from "vitest";
import { INSTALLATION } from "../../../server/core/domain/audit/audit.ts";
import { retentionPeriods } from "../../../server/core/domain/privacy/retention-periods.ts";
import { createFileAnchors } from "../../../server/log/anchors.ts";
import { type ErasureNotes, createFileErasures } from "../../../server/operations/erasure-notes.ts";
import { verifyLog } from "../../../server/log/verify-log.ts";
import { startErasureWatch } from "../../../server/core/jobs/erasure-watch.ts";
import { loadKeys } from "../../../server/adapters/keys/keys.ts";
import { erasuresAfter } from "../../../server/operations/backup/redo-erasures.ts";
import { restoreBackup } from "../../../server/operations/backup/restore-backup.ts";
import { writeBackup } from "../../../server/operations/backup/write-backup.ts";
import { connect, prepareDatabase } from "../../../server/core/store/connection.ts";
import { createDump } from "../../../server/core/store/dump.ts";
import type { LogRow } from "../../../server/log/store/log-row.ts";
import { SCHEMA } from "../../../server/core/store/migrations/list.ts";
import { openKeeping } from "../../../server/open-store.ts";
import { dataFolder } from "../../support/data-folder.ts";
import { freshDatabase } from "../../support/engine.ts";
import { NEWCOMER, newcomers } from "../../support/newcomer.ts";
import { submission } from "../../support/requests.ts";
import { erasedUser } from "../../../server/core/usecases/accounts/erase-person.ts";
import { openWorld } from "../../support/world.ts";

const SECRET = "取件码八二一";
const silent = (): void => undefined;
const folder = await dataFolder();
const keys = await loadKeys(join(folder, "keys.json"));
const { uri, name } = freshDatabase();
const connection = await connect(uri, name);
const notesFile = join(folder, "erasures.jsonl");
const written = createFileErasures(notesFile);
/** Whether the machine's disk is full. */
let full = false;
const erasureNotes: ErasureNotes = {
  note: async (erasure) => (full ? Promise.reject(new Error("ENOSPC")) : written.note(erasure)),
  read: written.read,
};
const anchors = createFileAnchors(join(folder, "anchors.json"));
const world = await openWorld({ connection, keys, anchors, erasureNotes });
const { deps, relay, clock } = world;
const { close, loggedIn, newcomer } = newcomers(world);
clock.set(new Date());
const cadre = await world.as(await world.cadre());

let backups = 0;
async function backup() {
  await relay.drain();
  const path = join(folder, `backup-${++backups}`);
  const source = {
    store: deps.store,
    dump: createDump(connection),
    clock,
    database: name,
    schema: SCHEMA,
    say: silent,
  };
  return { path, manifest: await writeBackup(source, path) };
}

/**
 * Creates an empty database on another machine and the parts for a restore into it. `data` is the folder of the notes.
 */
async function target(notes: ErasureNotes, data: string) {
  const to = freshDatabase();
  const there = await connect(to.uri, to.name);
  const { store, files, modules } = openKeeping(there, keys);
  const said: string[] = [];
  return {
    ...to,
    said,
    connection: there,
    ...{ store, files, modules },
    dump: createDump(there),
    ...{ keys, clock, erasureNotes: notes, schema: SCHEMA, log: pino({ level: "silent" }) },
    prepare: () => prepareDatabase(there),
    anchorsFile: join(data, "anchors.json"),
    say: (line: string) => said.push(line),
    everything: async () =>
      JSON.stringify(
        (
          await Promise.all((await there.listCollections()).map((c) => there.collection(c.name).find({}).toArray()))
        ).flat(),
      ),
  };
}

/** A person with a request in each state, messages about it, and a request that a cadre has ended. */
async function livingHere() {
  const person = await newcomer();
  const file = async () =>
    (await person.api.call("POST /api/requests", { body: submission({ description: SECRET }) })).ok.id;
  const [held, done, queued] = [await file(), await file(), await file()];
  for (const id of [held, done]) await cadre.call("POST /api/requests/:id/claim", { params: { id } });
  const params = { id: done };
  await person.api.call("POST /api/requests/:id/message", { params, body: { text: `${SECRET}，在门口` } });
  await cadre.call("POST /api/requests/:id/note", { params, body: { text: `已到 1903，${SECRET}` } });
  await cadre.call("POST /api/requests/:id/resolve", { params, body: { result: `${SECRET}已送到` } });
  return { ...person, held, done, queued };
}
/** The traces of the person in a text. */
const tracesIn = (text: string, phone: string): string[] =>
  [phone, NEWCOMER, SECRET, "1903"].filter((trace) => text.includes(trace));

describe("a person who has closed the account since a backup", { timeout: 180_000 }, () => {
  it("is not restored by it, nor by a second restore; the log verifies, and the server goes on", async () => {
    const { phone, api, id, held, done, queued } = await livingHere();
    const { path, manifest } = await backup();
    expect((await close(api)).status).toBe(204);
    await relay.drain();
    const noted = await readFile(notesFile, "utf8");
    expect(noted).toContain(id);
    expect(tracesIn(noted, phone)).toEqual([]);

    const to = await target(written, await dataFolder());
    // Each restore has its own anchors file, because a process writes its last note of the log's end up to a second
    // later.
    let anchorsFile = "";
    for (let times = 1; times <= 2; times++) {
      anchorsFile = join(await dataFolder(), "anchors.json");
      expect((await restoreBackup({ ...to, anchorsFile }, path, manifest)).faults).toEqual([]);
      expect(tracesIn(await to.everything(), phone)).toEqual([]);
      expect(to.said.filter((line) => line.includes("备份以后注销的人：1 位"))).toHaveLength(times);
      const stored = async (request: string) => (await to.store.requests.load(request))!.request.status;
      expect([await stored(held), await stored(done), await stored(queued)]).toEqual([
        "withdrawn",
        "resolved",
        "withdrawn",
      ]);
      expect(await to.store.identities.has("phone", id)).toBe(false);
      expect((await to.store.users.find(id))?.closedAt).not.toBeNull();
    }

    const copy = await openWorld({
      ...{ connection: await connect(to.uri, to.name), keys, communities: [] },
      anchors: createFileAnchors(anchorsFile),
    });
    copy.clock.set(clock.now());
    await copy.relay.drain();
    expect(tracesIn(await to.everything(), phone)).toEqual([]);
    const rows = await to.store.log.ofResidents([id], 100);
    expect(rows.map(({ type }) => type)).toEqual(expect.arrayContaining(["request.withdrawn", "account.closed"]));
    expect((await verifyLog(to.store, keys, createFileAnchors(anchorsFile))).faults).toEqual([]);
  });

  it("is known from the database itself when it is replaced and nothing was noted", async () => {
    const { phone, api, id } = await livingHere();
    const { path, manifest } = await backup();
    const data = await dataFolder();
    const notes = createFileErasures(join(data, "erasures.jsonl"));
    const to = await target(notes, data);
    await restoreBackup(to, path, manifest);
    // Without notes the restore brings the person's data back; this shows that the notes are needed.
    expect(tracesIn(await to.everything(), phone)).toEqual([NEWCOMER, SECRET, "1903"]);
    await to.store.users.update(id, erasedUser(clock.now()));
    expect((await restoreBackup(to, path, manifest)).faults).toEqual([]);
    expect((await notes.read()).map(({ ids }) => ids)).toContainEqual([id]);
    await close(api);
    expect(tracesIn(await to.everything(), phone)).toEqual([]);
  });

  it("held a post at the time of the backup: it is ended, too", async () => {
    const { phone, api, id } = await newcomer();
    const post = {
      ...{ id: "p".repeat(24), role: "cadre" as const, communityId: "east", communityIds: ["east"], title: "网格员" },
      ...{ organizationName: null, positions: ["civil"], dutyPhone: null, photoFileId: null },
    };
    await deps.store.users.update(id, { memberships: [post] });
    const { path, manifest } = await backup();
    await deps.store.users.update(id, { memberships: [] });
    expect((await close(api)).status).toBe(204);
    const to = await target(written, await dataFolder());
    expect((await restoreBackup(to, path, manifest)).faults).toEqual([]);
    expect(await to.store.users.find(id)).toMatchObject({ memberships: [], name: null });
    // The log keeps the name that a person had in a post, as proof of duty.
    expect(tracesIn(await to.everything(), phone)).toEqual([NEWCOMER]);
  });

  it("had never registered: what a counter filed is erased in the same chain as before", async () => {
    const phone = "13900000077";
    const home = { building: "1号楼", unit: "1单元", room: "1903" };
    const body = { ...submission({ description: SECRET }), resident: { name: NEWCOMER, phone, ...home } };
    await cadre.call("POST /api/requests/for-resident", { body });
    const { api, id } = await loggedIn(phone);
    const { path, manifest } = await backup();
    expect((await close(api)).status).toBe(204);
    await relay.drain();
    const to = await target(written, await dataFolder());
    expect((await restoreBackup(to, path, manifest)).faults).toEqual([]);
    expect(tracesIn(await to.everything(), phone)).toEqual([]);
    const closed = (rows: LogRow[]) =>
      rows.filter(({ type }) => type === "account.closed").map((row) => row.communityId);
    expect(closed(await deps.store.log.ofResidents([id], 100))).toEqual([INSTALLATION]);
    expect(closed(await to.store.log.ofResidents([id], 100))).toEqual([INSTALLATION]);
  });

  it("is erased again when the restore was interrupted, before any server may start", async () => {
    const { phone, api } = await livingHere();
    const { path, manifest } = await backup();
    await close(api);
    const to = await target(written, await dataFolder());
    const dying = (part: string): void => {
      if (part === "erasures") throw new Error("killed");
    };
    await expect(restoreBackup({ ...to, probe: dying }, path, manifest)).rejects.toThrow("killed");
    expect(await to.store.meta.get("restoring")).not.toBeNull();
    expect((await restoreBackup(to, path, manifest)).faults).toEqual([]);
    expect(tracesIn(await to.everything(), phone)).toEqual([]);
  });
});

describe("a restore", { timeout: 120_000 }, () => {
  it("reports the lost rows, and erases data whose retention period has ended meanwhile", async () => {
    const resident = await world.resident();
    const mine = await world.as(resident);
    const id = (await mine.call("POST /api/requests", { body: submission({ description: "三年前的事" }) })).ok.id;
    await mine.call("POST /api/requests/:id/withdraw", { params: { id }, body: { reason: "不用了，三年前的事" } });
    const { path, manifest } = await backup();
    for (let n = 0; n < 3; n++) await mine.call("POST /api/requests", { body: submission() });
    await relay.drain();
    await anchors.flush();
    const data = await dataFolder();
    const to = await target(written, data);
    await writeFile(to.anchorsFile, JSON.stringify(await anchors.read()));
    const later = { now: () => new Date(clock.now().getTime() + (retentionPeriods.request.days + 1) * 86_400_000) };
    expect((await restoreBackup({ ...to, clock: later }, path, manifest)).faults).toEqual([]);
    const end = manifest.tails["east"]!.pos;
    expect(to.said.join("\n")).toContain(`台账 east 回到第 ${end} 行：之后的 3 行（到第 ${end + 3} 行）不在这份备份里`);
    expect((await to.everything()).includes("三年前的事")).toBe(false);
  });
});

describe("notes of long before a backup", () => {
  it("are not gone through again: it has those accounts closed", () => {
    const note = (at: string) => ({ ids: [at], at: new Date(at) });
    const [before, lately, after] = [
      note("2026-01-01T00:00:00Z"),
      note("2026-03-03T12:00:00Z"),
      note("2026-03-05T00:00:00Z"),
    ];
    expect(erasuresAfter("2026-03-04T04:00:00Z", [before, lately, after])).toEqual([lately, after]);
  });
});

describe("erasure notes", { timeout: 60_000 }, () => {
  it("that the closing could not write are added later by each machine", async () => {
    const { api, id } = await newcomer();
    full = true;
    expect((await close(api)).status).toBe(204);
    const has = async (notes: ErasureNotes): Promise<number> =>
      (await notes.read()).filter(({ ids }) => ids.includes(id)).length;
    expect(await has(written)).toBe(0);
    full = false;
    const elsewhere = createFileErasures(join(await dataFolder(), "erasures.jsonl"));
    const stops = await Promise.all(
      [written, elsewhere].map((notes) => startErasureWatch({ store: deps.store, erasureNotes: notes }, deps.log, 20)),
    );
    expect([await has(written), await has(elsewhere)]).toEqual([1, 1]);
    const next = await newcomer();
    await close(next.api);
    await expect.poll(async () => (await elsewhere.read()).some(({ ids }) => ids.includes(next.id))).toBe(true);
    for (const stop of stops) await stop();
    // Each was noted once, although the job ran repeatedly.
    expect([await has(written), await has(elsewhere)]).toEqual([1, 1]);
  });

  it("survive a line truncated by a crash, and concurrent writers", async () => {
    const path = join(await dataFolder(), "erasures.jsonl");
    const at = new Date("2026-03-04T04:00:00Z");
    await createFileErasures(path).note({ ids: ["a"], at });
    await appendFile(path, `{"ids":["b"],"at":"2026-03`);
    const writers = Array.from({ length: 20 }, (_, n) => createFileErasures(path).note({ ids: [`c${n}`], at }));
    await Promise.all(writers);
    const ids = (await createFileErasures(path).read()).flatMap((one) => one.ids);
    expect(ids.toSorted()).toEqual(["a", ...Array.from({ length: 20 }, (_, n) => `c${n}`)].toSorted());
    await rm(path);
    expect(await createFileErasures(path).read()).toEqual([]);
  });
});
