import { runChecks } from "./checks.ts";
import { requireNode24 } from "./run.ts";

/** `npm run check`: format, lint, types, dead code. */
requireNode24();
const { failed } = await runChecks();
process.exitCode = failed ? 1 : 0;
