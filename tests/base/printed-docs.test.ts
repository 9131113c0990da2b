import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { printed } from "../../tools/docs/printed.ts";

const root = join(import.meta.dirname, "../..");

describe("documents that are printed from code", () => {
  it.each(Object.keys(printed))("%s is current (npm run docs rewrites it)", async (path) => {
    expect(await readFile(join(root, path), "utf8")).toBe(printed[path]!());
  });
});
