import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";

/** A data folder of its own for the test file that calls this. */
export async function dataFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "dianxiaoer-"));
  afterAll(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
