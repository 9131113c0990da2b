import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "../..");
const text = await readFile(join(root, "docs/security.md"), "utf8");
/** Measures: the lines of tables with three columns that are neither head nor rule. */
const measures = text
  .split("\n")
  .filter((line) => /^\|(?:[^|]*\|){3}$/.test(line) && !/^\| (?:asset|wants to) |^\|---/.test(line));
const named = [...new Set(text.match(/tests\/[\w/-]+\.test\.ts/g))];
const assets = text.slice(text.indexOf("## What there is to lose"), text.indexOf("## A stranger"));

describe("docs/security.md", () => {
  it.each(named)("%s exists", (path) => expect(existsSync(join(root, path))).toBe(true));

  it("names a test for every measure, or says that it is not tested here", () => {
    const ofActors = measures.filter((line) => !assets.includes(line));
    expect(ofActors.length).toBeGreaterThan(30);
    expect(ofActors.filter((line) => !/tests\/[\w/-]+\.test\.ts|not here/.test(line))).toEqual([]);
  });

  it("has a section for every actor of the threat model, with what is not protected", () => {
    for (const actor of [
      "stranger",
      "hostile resident",
      "curious cadre",
      "stolen phone",
      "leaked dump",
      "database administrator",
    ])
      expect(text).toContain(`## A ${actor}`);
    expect(text.match(/^Not protected: /gm)?.length).toBeGreaterThanOrEqual(5);
  });

  it("refers only to existing documents", () => {
    const documents = [...text.matchAll(/\]\(([\w-]+\.md)\)/g)].map(([, name]) => name ?? "");
    expect(documents.filter((name) => !existsSync(join(root, "docs", name)))).toEqual([]);
  });
});
