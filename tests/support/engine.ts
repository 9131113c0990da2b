/** One database engine for a run of tests, and a database of its own for each test file. */
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { MongoClient } from "mongodb";
import { afterAll, inject } from "vitest";
import type { TestProject } from "vitest/node";
import { type EngineKind, startEngine } from "../../engine/index.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Where the run's engine answers. */
    mongoUri: string;
    /** Which engine that is: some tests are of the embedded one only. */
    engineKind: EngineKind;
  }
}

const ROOT = join(import.meta.dirname, "../..");

/** Vitest's globalSetup: starts the engine once for the run (or uses TEST_MONGODB_URI), and stops it after. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const uri = process.env["TEST_MONGODB_URI"];
  const engine = await startEngine({
    dataDir: join(ROOT, ".data/tests"),
    installDir: join(ROOT, ".data/engine"),
    durable: false,
    log: (line) => console.log(line),
    ...(uri ? { uri } : {}),
  });
  project.provide("mongoUri", engine.uri);
  project.provide("engineKind", engine.kind);
  return () => engine.stop();
}

/** A database for the test file that calls this: its uri and name. Dropped after the file's tests. */
export function freshDatabase(): { uri: string; name: string } {
  const uri = inject("mongoUri");
  const name = `t_${randomUUID().replaceAll("-", "").slice(0, 20)}`;
  afterAll(async () => {
    const client = await MongoClient.connect(uri);
    await client.db(name).dropDatabase();
    await client.close();
  });
  return { uri, name };
}
