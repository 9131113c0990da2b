import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { createFileAnchors } from "../../../server/log/anchors.ts";
import { dataFolder } from "../../support/data-folder.ts";

const path = join(await dataFolder(), "anchors.json");

it("two processes that write at once leave a readable file, and no note is overwritten by an older one", async () => {
  const [one, two] = [createFileAnchors(path), createFileAnchors(path)];
  for (let pos = 1; pos <= 40; pos++) {
    one.note("east", { pos, seal: `east ${pos}` });
    two.note("west", { pos, seal: `west ${pos}` });
    await Promise.all([one.flush(), two.flush()]);
    JSON.parse(await readFile(path, "utf8"));
    // When both write at the same moment, one note may be lost; the next flush restores it.
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

it("a full disk is survived: the notes are kept until they can be written", async () => {
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
