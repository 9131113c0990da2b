import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { precompress } from "../../tools/precompress.ts";

const TEXT = "居民有事找店小二\n".repeat(500);
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "precompress-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await mkdir(join(folder, "js"));
});

describe("files compressed at build time", () => {
  it("exist for each long text file in every folder, and decompress to it", async () => {
    await writeFile(join(folder, "index.html"), TEXT);
    await writeFile(join(folder, "js/app.js"), TEXT);
    await precompress(folder);
    for (const name of ["index.html", "js/app.js"]) {
      expect(brotliDecompressSync(await readFile(join(folder, `${name}.br`))).toString()).toBe(TEXT);
      expect(gunzipSync(await readFile(join(folder, `${name}.gz`))).toString()).toBe(TEXT);
    }
  });

  it("have the same bytes for the same text, also in a folder that already has them", async () => {
    await writeFile(join(folder, "index.html"), TEXT);
    await precompress(folder);
    const names = ["index.html.br", "index.html.gz"];
    const read = () => Promise.all(names.map((name) => readFile(join(folder, name), "base64")));
    const first = await read();
    await precompress(folder);
    expect(await read()).toEqual(first);
    expect((await readdir(folder)).toSorted()).toEqual(["index.html", ...names, "js"]);
  });

  it("do not exist for pictures, short files and files that would not be smaller; outdated ones are removed", async () => {
    await writeFile(join(folder, "logo.png"), TEXT);
    await writeFile(join(folder, "js/small.js"), "1");
    await writeFile(join(folder, "js/small.js.br"), "of an earlier build");
    await precompress(folder);
    expect((await readdir(folder, { recursive: true })).toSorted()).toEqual(["js", "js/small.js", "logo.png"]);
  });
});
