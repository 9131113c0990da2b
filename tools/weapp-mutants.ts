import { build } from "./fronts.ts";
import { bin, requireNode24, run } from "./run.ts";

/**
 * `npm run test:weapp:mutants`: breaks copies of the mini-program and shows that its tests notice each; fails when
 * one survives.
 */
requireNode24();
try {
  await build("weapp", { onlyIfStale: true });
  const mutants = ["run", "--project", "e2e", "tests/e2e/weapp/mutants.test.ts"];
  const { code } = await run(bin("vitest"), mutants, { show: true, env: { MUTANTS: "all" } });
  process.exitCode = code;
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
