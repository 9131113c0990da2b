import { parseArgs } from "node:util";
import { bin, requireNode24, run } from "./run.ts";

/**
 * `npm run test:fuzz [-- --calls 20000 --seed 1]`: calls generated from the OpenAPI document, valid, nearly valid and
 * hostile, as every kind of person.
 */
requireNode24();
const { values } = parseArgs({ options: { calls: { type: "string", default: "20000" }, seed: { type: "string" } } });
const env = { FUZZ_CALLS: values.calls, FUZZ_SEED: values.seed ?? String(Date.now() % 1_000_000) };
const { code } = await run(bin("vitest"), ["run", "--project", "server", "tests/server/fuzz"], { show: true, env });
process.exitCode = code;
