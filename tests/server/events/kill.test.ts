import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, expect, it } from "vitest";
import { createFileAnchors } from "../../../server/log/anchors.ts";
import { verifyLog } from "../../../server/log/verify-log.ts";
import { loadKeys } from "../../../server/adapters/keys/keys.ts";
import { connect } from "../../../server/core/store/connection.ts";
import { testClock } from "../../support/clock.ts";
import { freshDatabase } from "../../support/engine.ts";
import { openWorld } from "../../support/world.ts";

const folder = await mkdtemp(join(tmpdir(), "dianxiaoer-kill-"));
afterAll(() => rm(folder, { recursive: true, force: true }));

const { uri, name } = freshDatabase();
const keys = await loadKeys(join(folder, "keys.json"));
const anchors = createFileAnchors(join(folder, "anchors.json"));
const leaseClock = testClock(new Date());
const world = await openWorld({ connection: await connect(uri, name), keys, anchors, leaseClock });
world.clock.set(new Date());

const worker = join(import.meta.dirname, "../../support/worker-process.ts");

/** Runs a process until it has acknowledged `steps` more steps, then kills it. Returns the acknowledged steps. */
async function runAndKill(residentId: string, cadreId: string, steps: number): Promise<string[]> {
  const child = spawn(process.execPath, [worker, uri, name, folder, residentId, cadreId], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const acknowledged: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    acknowledged.push(line);
    if (acknowledged.length === steps) child.kill("SIGKILL");
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  return acknowledged;
}

it("processes killed by SIGKILL during their work lose and duplicate nothing", { timeout: 120_000 }, async () => {
  const [resident, cadre] = [await world.resident(), await world.cadre()];
  const acknowledged: string[] = [];
  for (const steps of [7, 20, 33, 51]) acknowledged.push(...(await runAndKill(resident.id, cadre.id, steps)));
  expect(acknowledged.length).toBeGreaterThanOrEqual(7 + 20 + 33 + 51);

  // The leases of the killed processes expire.
  leaseClock.pass(5);
  await world.relay.drain();
  const logged = await world.deps.store.log.has(acknowledged);
  expect(acknowledged.filter((id) => !logged.has(id))).toEqual([]);
  const report = await verifyLog(world.deps.store, keys, anchors);
  expect(report.faults).toEqual([]);
  // Each step has one row, each claim has one notice, and all claims are by the cadre.
  const rows = await world.deps.store.log.after("east", 0, 10_000);
  expect(new Set(rows.map(({ _id }) => _id)).size).toBe(rows.length);
  const claims = rows.filter(({ type }) => type === "request.claimed");
  const inbox = await world.deps.store.notices.list([resident.id], 10_000);
  expect(inbox.items.map(({ _id }) => _id).toSorted()).toEqual(
    claims.map(({ _id }) => `${_id}:${resident.id}`).toSorted(),
  );
});
