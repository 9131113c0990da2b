import { spawn } from "node:child_process";
import { cp, mkdtemp, readFile, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";

const root = join(import.meta.dirname, "../..");
const scratch = await mkdtemp(join(tmpdir(), "new-module-"));
const serverProject = "lost-items.tsconfig.json";
const mongoUri = inject("mongoUri");
const left = new Set(["node_modules", "dist", ".data", ".git"]);
/** The timeout of one program on a busy machine. */
const LIMIT_MS = 240_000;

interface Outcome {
  code: number | null;
  output: string;
}

/** Runs a program of node_modules, or Node, in the scratch copy. */
function run(program: string, ...args: string[]): Promise<Outcome> {
  const command = program === "node" ? process.execPath : join(root, "node_modules/.bin", program);
  // The inner vitest must not think that it is a worker of this one.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("VITEST")));
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: scratch, env: { ...env, TEST_MONGODB_URI: mongoUri } });
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, output }));
  });
}

const passed: Outcome = { code: 0, output: expect.any(String) as string };

/** Files of the copy that were changed, and files that were added. */
async function compare(): Promise<{ changed: string[]; added: string[] }> {
  const files = (await readdir(scratch, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => relative(scratch, join(entry.parentPath, entry.name)).replaceAll("\\", "/"));
  const changed: string[] = [];
  const added: string[] = [];
  for (const file of files.toSorted()) {
    const before = await readFile(join(root, file)).catch(() => null);
    if (before === null) added.push(file);
    else if (!before.equals(await readFile(join(scratch, file)))) changed.push(file);
  }
  return { changed, added };
}

beforeAll(async () => {
  await cp(root, scratch, {
    recursive: true,
    filter: (from) => !left.has(relative(root, from).split(/[\\/]/, 1)[0] ?? ""),
  });
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

describe("npm run new:module", () => {
  it.each([
    ["no name", []],
    ["a name that is not kebab-case", ["LostItems"]],
    ["a reserved word", ["delete"]],
    ["a module that is there", ["complaints"]],
    ["an address that is there", ["leaves"]],
    ["a port that is there", ["clock"]],
  ])("refuses %s, says why, and writes nothing", async (_what, args) => {
    const refused = await run("node", "tools/new-module.ts", ...args);
    expect(refused).toEqual({
      code: 1,
      output: expect.stringMatching(/^(用法|模块名|模块|“)[^\n]*[。招领]\n$/) as string,
    });
    expect(await compare()).toEqual({ changed: [], added: [] });
  });

  describe("lost-items", { timeout: LIMIT_MS }, () => {
    let files: string[] = [];
    beforeAll(async () => {
      await symlink(join(root, "node_modules"), join(scratch, "node_modules"));
    });

    it("is written, and changes at most five files that were there", async () => {
      expect(await run("node", "tools/new-module.ts", "lost-items", "失物招领")).toEqual(passed);
      const { changed, added } = await compare();
      console.log(`files that a new module changes:\n${changed.join("\n")}`);
      expect(changed.length).toBeLessThanOrEqual(5);
      expect(added.filter((file) => !file.includes("lost-items"))).toEqual([]);
      files = [...changed, ...added];
      // The other tests, the engine and the benches do not depend on modules, so they are not compiled.
      const include = ["contract", "fronts", "server", "tests/modules", "tests/support"];
      await writeFile(join(scratch, serverProject), JSON.stringify({ extends: "./tsconfig.json", include }));
    });

    it.each([serverProject, "console/tsconfig.json", "src/tsconfig.json"])("compiles by %s", async (project) => {
      const compiled = await run(
        "tsc",
        "-p",
        project,
        "--noEmit",
        "--incremental",
        "false",
        "--tsBuildInfoFile",
        "null",
      );
      expect(compiled).toEqual({ code: 0, output: "" });
    });

    it("keeps to the format and to the rules of the folders", async () => {
      expect(await run("oxfmt", "--check", ...files)).toEqual(passed);
      expect(await run("oxlint", ...files)).toEqual(passed);
    });

    it("passes its own tests, and those that hold every module to its tables", async () => {
      const tests = [
        ...["tests/modules/lost-items/", "tests/base/modules", "tests/base/printed-docs", "tests/base/generated"],
        ...["tests/base/links", "tests/domain/authorization-table", "tests/domain/event-catalogue"],
        ...["tests/domain/personal-data"],
      ];
      expect(await run("vitest", "run", "--project", "unit", "--project", "server", ...tests)).toEqual(passed);
    });

    it("lets do what its table of permissions says, and refuses the rest", async () => {
      const matrix = ["tests/server/authorization", "-t", "lost-items"];
      expect(await run("vitest", "run", "--project", "server", ...matrix)).toEqual(passed);
    });
  });
});
