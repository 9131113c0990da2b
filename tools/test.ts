import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { runChecks } from "./checks.ts";
import { ensureChromium } from "./chromium.ts";
import { type Front, build } from "./fronts.ts";
import { bin, requireNode24, root, run } from "./run.ts";

/**
 * `npm test [-- --no-check] [what vitest takes]`: the checks, the builds that the tests look at, and every test. The
 * last line is `N passed, N failed`; a check counts as one.
 */
requireNode24();
const given = process.argv.slice(2);
const filters = given.filter((argument) => argument !== "--no-check");
let passed = 0;
let failed = 0;

try {
  const whole = filters.length === 0;
  if (whole && !given.includes("--no-check")) ({ passed, failed } = await runChecks());
  if (whole || filters.some((filter) => filter.includes("e2e"))) {
    await ensureChromium();
    for (const front of ["h5", "console", "weapp"] satisfies Front[]) await build(front, { onlyIfStale: true });
  }
  const report = join(root, "node_modules/.cache/test-report.json");
  await rm(report, { force: true });
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const { code } = await run(bin("vitest"), ["run", ...reporters, ...filters], { show: true });
  const counted = JSON.parse(await readFile(report, "utf8").catch(() => "{}")) as {
    numPassedTests?: number;
    numFailedTests?: number;
  };
  passed += counted.numPassedTests ?? 0;
  // A file that could not be read fails no test, but the run.
  failed += Math.max(counted.numFailedTests ?? 0, code === 0 ? 0 : 1);
} catch (error) {
  console.error((error as Error).message);
  failed++;
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed || !passed ? 1 : 0;
