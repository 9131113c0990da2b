import { build } from "./fronts.ts";
import { bin, requireNode24, run } from "./run.ts";

/**
 * `npm run test:weapp:mutants`: runs the mini-program's tests on deliberately broken copies. Fails when the tests pass
 * on
 * one of them.
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
