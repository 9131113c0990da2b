import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "../tools/fronts.ts";
import { bin, requireNode24, root, run } from "../tools/run.ts";

/**
 * `npm run bench:weapp`: the size of the mini-program's packages and of the data that its pages send to the view, as
 * the
 * test of the budget measures them.
 */
requireNode24();
await build("weapp", { onlyIfStale: true });
const { code, output } = await run(bin("vitest"), ["run", "--project", "e2e", "tests/e2e/weapp/budget.test.ts"], {
  label: "量小程序",
});
if (code !== 0) console.log(output);
const figures = await readFile(join(root, "node_modules/.cache/weapp-budget.json"), "utf8");
console.table(JSON.parse(figures));
process.exitCode = code;
