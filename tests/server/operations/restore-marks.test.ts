import { join } from "node:path";
import { pino } from "pino";
import { expect, it } from "vitest";
import { retentionPeriods } from "../../../server/core/domain/privacy/retention-periods.ts";
import { createFileErasures } from "../../../server/operations/erasure-notes.ts";
import { ensureKeyProof } from "../../../server/adapters/keys/key-proof.ts";
import { createKeys, newKeyRing } from "../../../server/adapters/keys/keys.ts";
import { restoreBackup } from "../../../server/operations/backup/restore-backup.ts";
import { writeBackup } from "../../../server/operations/backup/write-backup.ts";
import { connect, prepareDatabase } from "../../../server/core/store/connection.ts";
import { createDump } from "../../../server/core/store/dump.ts";
import { SCHEMA } from "../../../server/core/store/migrations/list.ts";
import { openKeeping } from "../../../server/open-store.ts";
import { enforceRetention } from "../../../server/core/usecases/accounts/enforce-retention.ts";
import { neighbourhood } from "../../support/co-handling.ts";
import { dataFolder } from "../../support/data-folder.ts";
import { freshDatabase } from "../../support/engine.ts";
import { openWorld } from "../../support/world.ts";

const SECRET = "取件码八二一";
const [source, fresh, folder] = [freshDatabase(), freshDatabase(), await dataFolder()];
const keys = createKeys(newKeyRing());
const connection = await connect(source.uri, source.name);
const world = await openWorld({ connection, keys });
const { deps, clock, relay } = world;
await ensureKeyProof(deps.store, keys);
const here = await neighbourhood(world);
const parts = { clock, schema: SCHEMA, say: () => undefined };

/** Makes a backup. `then` has functions to run before a collection is read. */
async function backup(name: string, then: Record<string, () => Promise<void>> = {}) {
  const dump = createDump(connection);
  async function* read(...[of, filter]: Parameters<typeof dump.read>) {
    await then[of]?.();
    yield* dump.read(of, filter);
  }
  const path = join(folder, name);
  const from = { ...parts, store: deps.store, dump: { ...dump, read }, database: source.name };
  return { path, manifest: await writeBackup(from, path) };
}

const to = await connect(fresh.uri, fresh.name);
const { store: there, files, modules } = openKeeping(to, keys);
const restore = ({ path, manifest }: Awaited<ReturnType<typeof backup>>) => {
  const target = {
    ...{
      ...parts,
      connection: to,
      keys,
      store: there,
      files,
      modules,
      dump: createDump(to),
      log: pino({ level: "silent" }),
    },
    prepare: () => prepareDatabase(to),
    erasureNotes: createFileErasures(join(folder, "erasures.jsonl")),
    anchorsFile: join(folder, "anchors.json"),
  };
  return restoreBackup(target, path, manifest);
};

/** The collections of the copy that still contain the words. */
async function traces(): Promise<string[]> {
  const found: string[] = [];
  for (const { name } of await to.listCollections())
    if (JSON.stringify(await to.collection(name).find({}).toArray()).includes(SECRET)) found.push(name);
  return found;
}

/** A request of three years ago with a co-handling task. */
async function longAgo(): Promise<void> {
  const { requestId, taskId } = await here.asked(SECRET);
  await here.property.call("POST /api/co-tasks/:id/accept", { params: { id: taskId } });
  const done = { result: `${SECRET}已送到` };
  await here.property.call("POST /api/co-tasks/:id/finish", { params: { id: taskId }, body: done });
  await here.resolve(requestId);
  const body = { outcome: "solved" as const, scores: { response: 5, attitude: 5, result: 5 } };
  await here.mine.call("POST /api/requests/:id/rate", { params: { id: requestId }, body });
  await relay.drain();
  clock.pass((retentionPeriods.request.days + 1) * 24 * 60);
}

it("progress marks of the replaced database do not apply to the copy", { timeout: 60_000 }, async () => {
  await longAgo();
  const copy = await backup("before-the-job");
  await there.meta.set("retention:east", 1_000);
  await there.meta.set("keys-moved", "field:k");
  expect((await restore(copy)).faults).toEqual([]);
  expect(await traces()).toEqual([]);
  expect(await there.meta.get("keys-moved")).toBeNull();
});

it("data that retention erased during a backup are erased in the copy too", { timeout: 60_000 }, async () => {
  await longAgo();
  // Log and tasks were copied before the retention job ran; the marks that say that it is done are copied after it.
  const copy = await backup("under-the-job", { requests: () => enforceRetention(deps) });
  expect((await restore(copy)).faults).toEqual([]);
  expect(await traces()).toEqual([]);
});
