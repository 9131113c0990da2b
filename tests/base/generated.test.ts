import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { generated } from "../../tools/generated.ts";

describe("what is printed from the event catalogue", () => {
  it.each(generated())("%s is current (npm run generate prints it anew)", async (path, text) => {
    expect(await readFile(join(import.meta.dirname, "../..", path), "utf8")).toBe(text);
  });
});
