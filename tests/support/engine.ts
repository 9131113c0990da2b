/** One database engine for a run of tests, and a database of its own for each test file. */
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { MongoClient } from "mongodb";
import { afterAll, inject } from "vitest";
import type { TestProject } from "vitest/node";
import { type Engine, type EngineKind, startEngine } from "../../engine/index.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Where the run's engine answers. */
    mongoUri: string;
    /** Which engine that is: some tests are of the embedded one only. */
    engineKind: EngineKind;
  }
}

const ROOT = join(import.meta.dirname, "../..");

/** The run's engine and how many projects use it. Each project loads this file anew, so it is kept with the process. */
const run = globalThis as typeof globalThis & { testEngine?: { engine: Promise<Engine>; users: number } };

function startOnce(): Promise<Engine> {
  const uri = process.env["TEST_MONGODB_URI"];
  return startEngine({
    dataDir: join(ROOT, ".data/tests"),
    installDir: join(ROOT, ".data/engine"),
    durable: false,
    log: (line) => console.log(line),
    ...(uri ? { uri } : {}),
  });
}

/**
 * Vitest's globalSetup: starts the engine once for the run (or uses TEST_MONGODB_URI); the last project to end stops
 * it.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const shared = (run.testEngine ??= { engine: startOnce(), users: 0 });
  shared.users += 1;
  const engine = await shared.engine;
  project.provide("mongoUri", engine.uri);
  project.provide("engineKind", engine.kind);
  return async () => {
    shared.users -= 1;
    if (shared.users === 0) await engine.stop();
  };
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
