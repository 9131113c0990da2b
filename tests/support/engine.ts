/** One database engine for a test run, and one database for each test file. */
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { MongoClient } from "mongodb";
import { afterAll, inject } from "vitest";
import type { TestProject } from "vitest/node";
import { type Engine, type EngineKind, startEngine } from "../../engine/index.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The address of the run's engine. */
    mongoUri: string;
    /** The kind of the engine, because some tests are for the embedded one only. */
    engineKind: EngineKind;
  }
}

const ROOT = join(import.meta.dirname, "../..");

/**
 * The run's engine and the number of projects that use it. It is stored on the process, because each project loads this
 * file again.
 */
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
 * Vitest's globalSetup: starts the engine once for the run, or uses TEST_MONGODB_URI. The last project to end stops it.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const shared = (run.testEngine ??= { engine: startOnce(), users: 0 });
  shared.users += 1;
  const engine = await sharedEngine();
  project.provide("mongoUri", engine.uri);
  project.provide("engineKind", engine.kind);
  return async () => {
    shared.users -= 1;
    if (shared.users === 0) await engine.stop();
  };
}

/** The run's engine, for a globalSetup that runs after this one. */
export async function sharedEngine(): Promise<Engine> {
  if (!run.testEngine) throw new Error("the engine has not been started");
  return run.testEngine.engine;
}

/** A unique name for a database. */
export const databaseName = (): string => `t_${randomUUID().replaceAll("-", "").slice(0, 20)}`;

/** Reserves a database for the calling test file; it is dropped after the file's tests. */
export function freshDatabase(): { uri: string; name: string } {
  const uri = inject("mongoUri");
  const name = databaseName();
  afterAll(async () => {
    const client = await MongoClient.connect(uri);
    await client.db(name).dropDatabase();
    await client.close();
  });
  return { uri, name };
}
