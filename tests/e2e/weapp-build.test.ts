import { execFile } from "node:child_process";
import { chmod, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { Script } from "node:vm";
import { describe, expect, it, onTestFinished } from "vitest";

const root = join(import.meta.dirname, "../..");
const weapp = join(root, "dist/weapp");

interface AppJson {
  pages: string[];
  subPackages: { root: string; pages: string[] }[];
}

const app = JSON.parse(await readFile(join(weapp, "app.json"), "utf8")) as AppJson;
const all = (await readdir(weapp, { recursive: true, withFileTypes: true }))
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name).slice(weapp.length + 1));
const ending = (extension: string): string[] => all.filter((file) => file.endsWith(extension));

const folders = { linux: "linux", darwin: "mac", win32: "windows" } as Record<string, string>;

/** Runs WeChat's own compiler as the developer tools do. Resolves with exit code and output. */
async function compile(program: "wcc" | "wcsc", args: string[], cwd = weapp): Promise<{ code: number; said: string }> {
  const suffix = process.platform === "win32" ? ".exe" : "";
  const bin = join(root, "node_modules/miniprogram-compiler/bin", folders[process.platform] ?? "", program + suffix);
  await chmod(bin, 0o755);
  return promisify(execFile)(bin, args, { cwd, maxBuffer: 1 << 26 }).then(
    ({ stderr }) => ({ code: 0, said: stderr }),
    (error: { code: number; stderr: string }) => ({ code: error.code, said: error.stderr }),
  );
}

describe("the built mini-program", () => {
  const pages = [
    ...app.pages,
    ...app.subPackages.flatMap(({ root: folder, pages: own }) => own.map((page) => `${folder}/${page}`)),
  ];

  it("has the page, its template and its settings behind every line of app.json", () => {
    const wanted = pages.flatMap((page) => [`${page}.js`, `${page}.wxml`, `${page}.json`]);
    expect(wanted.filter((file) => !all.includes(file))).toEqual([]);
  });

  it("names in app.json every page that was written", async () => {
    const sources = await readdir(join(root, "src"), { recursive: true });
    const written = sources
      .filter((file) => /(^|\/)index\.config\.ts$/.test(file))
      .map((file) => file.replace(/\.config\.ts$/, ""))
      // The page of the components is in the H5 build only.
      .filter((page) => !page.startsWith("subpackages/kit/"));
    expect(written.toSorted()).toEqual(pages.toSorted());
  });

  it("every page gives its navigation bar a title", async () => {
    for (const page of pages) {
      const settings = JSON.parse(await readFile(join(weapp, `${page}.json`), "utf8")) as object;
      expect(settings, page).toHaveProperty("navigationBarTitleText", expect.stringMatching(/\p{Script=Han}/u));
    }
  });

  it("lets WeChat's search find the way in, and shares no page of anybody's", async () => {
    const { rules } = JSON.parse(await readFile(join(weapp, "sitemap.json"), "utf8")) as { rules: object[] };
    expect(rules).toEqual([
      { action: "allow", page: "pages/home/index" },
      { action: "disallow", page: "*" },
    ]);
  });

  it("templates: every one compiles with WeChat's wcc", async () => {
    expect(await compile("wcc", ["-d", ...ending(".wxml"), ...ending(".wxs")])).toEqual({ code: 0, said: "" });
  });

  it("styles: every one compiles with WeChat's wcsc", async () => {
    expect(await compile("wcsc", ["-lc", ...ending(".wxss")])).toEqual({ code: 0, said: "" });
  });

  it("scripts: every one parses, and none asks for what WeChat's engine has not got", async () => {
    for (const file of ending(".js")) {
      const source = await readFile(join(weapp, file), "utf8");
      expect(() => new Script(source, { filename: file }), file).not.toThrow();
      // iPhones before iOS 16.4 fail to parse a file with a look-behind.
      expect(/\(\?<[=!]/.test(source), `${file} has a look-behind`).toBe(false);
    }
  });
});

describe("the compilers", () => {
  it("refuse what is wrong, so that their silence means something", async () => {
    const here = await mkdtemp(join(tmpdir(), "broken-weapp-"));
    onTestFinished(() => rm(here, { recursive: true, force: true }));
    await writeFile(join(here, "a.wxml"), "<view><text>never closed</view>");
    await writeFile(join(here, "a.wxss"), ".a { .b { color: red } ");
    expect((await compile("wcc", ["-d", "a.wxml"], here)).code).not.toBe(0);
    expect((await compile("wcsc", ["-lc", "a.wxss"], here)).code).not.toBe(0);
  });
});
