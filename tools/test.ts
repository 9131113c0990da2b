import { readFile, rm } from "node:fs/promises";
import { join, relative } from "node:path";
import { runChecks } from "./checks.ts";
import { ensureChromium } from "./chromium.ts";
import { type Front, build } from "./fronts.ts";
import { bin, requireNode24, root, run } from "./run.ts";

/**
 * `npm test [-- --no-check] [arguments of vitest]`: checks, the builds that tests need, and all tests. The last line is
 * `N passed, N failed`; a check counts as one. Checks and builds run at the same time: a build keeps one core busy.
 */
requireNode24();
const given = process.argv.slice(2);
const filters = given.filter((argument) => argument !== "--no-check");
let passed = 0;
let failed = 0;

/** What of Vitest's JSON report is read here. */
interface Report {
  numPassedTests?: number;
  numFailedTests?: number;
  testResults?: readonly {
    name: string;
    message?: string;
    assertionResults: readonly {
      status: string;
      fullName: string;
      failureMessages: readonly string[];
      meta?: { screens?: string };
    }[];
  }[];
}

const MAX_FAILURE_CHARACTERS = 1_500;

/** The failures once more, short: whoever has only the end of the output must see what failed. */
function describeFailures({ testResults = [] }: Report): string[] {
  // Without the stack's frames in packages.
  const short = (text: string): string =>
    text
      .replaceAll(/\n +at (?!.*\/tests\/).*/gu, "")
      .replaceAll("\n", "\n    ")
      .slice(0, MAX_FAILURE_CHARACTERS);
  return testResults.flatMap(({ name, message, assertionResults }) => {
    const file = relative(root, name);
    const failures = assertionResults.filter(({ status }) => status === "failed");
    const whole = message && !failures.length ? [`✗ ${file}: ${short(message)}`] : [];
    return [
      ...whole,
      ...failures.map(({ fullName, failureMessages, meta }) =>
        `✗ ${file}: ${fullName}\n    ${short(failureMessages.join("\n"))}\n    ${short(meta?.screens ?? "")}`.trimEnd(),
      ),
    ];
  });
}

async function buildFronts(): Promise<void> {
  await ensureChromium();
  for (const front of ["h5", "console", "weapp"] satisfies Front[]) await build(front, { onlyIfStale: true });
}

try {
  const whole = filters.length === 0;
  const building = whole || filters.some((filter) => filter.includes("e2e")) ? buildFronts() : Promise.resolve();
  // A failed build is reported after the checks.
  building.catch(() => undefined);
  if (whole && !given.includes("--no-check")) ({ passed, failed } = await runChecks());
  await building;
  const report = join(root, "node_modules/.cache/test-report.json");
  await rm(report, { force: true });
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const { code } = await run(bin("vitest"), ["run", ...reporters, ...filters], { show: true });
  const counted = JSON.parse(await readFile(report, "utf8").catch(() => "{}")) as Report;
  passed += counted.numPassedTests ?? 0;
  for (const line of describeFailures(counted)) console.log(line);
  // A test file that could not be loaded has no failed test, but makes vitest exit with an error.
  failed += Math.max(counted.numFailedTests ?? 0, code === 0 ? 0 : 1);
} catch (error) {
  console.error((error as Error).message);
  failed++;
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed || !passed ? 1 : 0;
