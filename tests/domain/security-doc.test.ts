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
  it.each(named)("%s is there", (path) => expect(existsSync(join(root, path))).toBe(true));

  it("names a test for every measure, or says that there is none", () => {
    const ofActors = measures.filter((line) => !assets.includes(line));
    expect(ofActors.length).toBeGreaterThan(30);
    expect(ofActors.filter((line) => !/tests\/[\w/-]+\.test\.ts|not here/.test(line))).toEqual([]);
  });

  it("speaks of every actor of the threat model, and of what is not protected from each", () => {
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

  it("refers only to documents that are there", () => {
    const documents = [...text.matchAll(/\]\(([\w-]+\.md)\)/g)].map(([, name]) => name ?? "");
    expect(documents.filter((name) => !existsSync(join(root, "docs", name)))).toEqual([]);
  });
});
