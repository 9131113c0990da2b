import { glob, mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { printed } from "./docs/printed.ts";
import { bin, requireNode24, root, run } from "./run.ts";

/**
 * `npm run docs`: rewrites every document that is printed from code. Documents that a test prints are written by that
 * test.
 */
requireNode24();
for (const [path, print] of Object.entries(printed)) {
  const file = join(root, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, print());
  console.log(path);
}
await import("./generate.ts");
const printers: string[] = [];
for await (const path of glob("tests/**/*.test.ts", { cwd: root })) {
  if ((await readFile(join(root, path), "utf8")).includes("toMatchFileSnapshot(")) printers.push(path);
}
const { code } = await run(bin("vitest"), ["run", "--project", "unit", ...printers, "--update"], { show: true });
process.exitCode = code;
