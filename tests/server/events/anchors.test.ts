import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { createFileAnchors } from "../../../server/log/anchors.ts";
import { dataFolder } from "../../support/data-folder.ts";

const path = join(await dataFolder(), "anchors.json");

it("two processes that note at once leave a file that can be read, and no note goes back", async () => {
  const [one, two] = [createFileAnchors(path), createFileAnchors(path)];
  for (let pos = 1; pos <= 40; pos++) {
    one.note("east", { pos, seal: `east ${pos}` });
    two.note("west", { pos, seal: `west ${pos}` });
    await Promise.all([one.flush(), two.flush()]);
    JSON.parse(await readFile(path, "utf8"));
    // Of two that wrote at the same moment one may be gone; the next look brings it back.
    await one.flush();
    await two.flush();
    const kept = JSON.parse(await readFile(path, "utf8")) as Record<string, { pos: number }>;
    expect([kept["east"]?.pos, kept["west"]?.pos]).toEqual([pos, pos]);
  }
  one.note("east", { pos: 50, seal: "east 50" });
  await one.flush();
  two.note("east", { pos: 7, seal: "east 7" });
  await two.flush();
  expect((await two.read())["east"]).toEqual({ pos: 50, seal: "east 50" });
});

it("a disk that takes nothing ends nothing: the notes are kept until it does", async () => {
  const folder = await dataFolder();
  const wall = join(folder, "wall");
  await writeFile(wall, "a file where a folder should be");
  const anchors = createFileAnchors(join(wall, "anchors.json"));
  anchors.note("east", { pos: 1, seal: "east 1" });
  await expect(anchors.flush()).rejects.toThrow(/ENOTDIR|EEXIST/);
  await rm(wall);
  await anchors.flush();
  expect(await anchors.read()).toEqual({ east: { pos: 1, seal: "east 1" } });
});
