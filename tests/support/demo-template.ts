/** The demo data, created once per run and copied by each test file that opens a demo world at the default time. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, inject } from "vitest";
import type { TestProject } from "vitest/node";
import { type KeyRing, createKeys, newKeyRing } from "../../server/adapters/keys/keys.ts";
import { connect } from "../../server/core/store/connection.ts";
import { createDump } from "../../server/core/store/dump.ts";
import { type Anchors, createMemoryAnchors } from "../../server/log/anchors.ts";
import { type Part, readDocuments, writePart } from "../../server/operations/backup/archive.ts";
import { testClock } from "./clock.ts";
import { databaseName, freshDatabase, sharedEngine } from "./engine.ts";
import { type SeededWorld, seed, seeded } from "./seeded-world.ts";
import { type World, type WorldOptions, startWorld } from "./world.ts";

declare module "vitest" {
  interface ProvidedContext {
    demoTemplate: Template;
  }
}

/** The documents of a seeded world, the keys that decrypt them, and the end of each log. */
interface Template {
  folder: string;
  parts: readonly Part[];
  keyRing: KeyRing;
  tails: Awaited<ReturnType<Anchors["read"]>>;
}

/** Vitest's globalSetup: creates the template. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { uri } = await sharedEngine();
  const folder = await mkdtemp(join(tmpdir(), "dianxiaoer-demo-"));
  const database = { uri, name: databaseName() };
  const keyRing = newKeyRing();
  const anchors = createMemoryAnchors();
  const { world, stop } = await startWorld(database, { communities: [], keys: createKeys(keyRing), anchors });
  await seed(world);
  await stop();
  const connection = await connect(database.uri, database.name);
  const dump = createDump(connection);
  const parts: Part[] = [];
  for (const name of await dump.names()) parts.push(await writePart(folder, name, dump.read(name)));
  await connection.dropDatabase();
  await connection.close();
  project.provide("demoTemplate", { folder, parts, keyRing, tails: await anchors.read() });
  return () => rm(folder, { recursive: true, force: true });
}

/** The time of the demo data. */
export const templateTime = testClock().now();

/**
 * Opens a world with a copy of the template for the calling test file. A clock in `options` must start at
 * {@link templateTime}.
 */
export async function openTemplateWorld(options: WorldOptions): Promise<SeededWorld> {
  const database = freshDatabase();
  const copied = await copyInto(database);
  const { world, stop } = await startWorld(database, { communities: [], ...options, ...copied });
  afterAll(stop);
  return seeded(world);
}

/** Copies the template into an empty database. Returns the keys and anchors that its world needs. */
async function copyInto({ uri, name }: World["database"]): Promise<Pick<WorldOptions, "keys" | "anchors">> {
  const { folder, parts, keyRing, tails } = inject("demoTemplate");
  const connection = await connect(uri, name);
  const dump = createDump(connection);
  for (const part of parts) await dump.insert(part.name, readDocuments(folder, part));
  await connection.close();
  const anchors = createMemoryAnchors();
  for (const [chain, tail] of Object.entries(tails)) anchors.note(chain, tail);
  return { keys: createKeys(keyRing), anchors };
}
