import { printCli } from "./cli.ts";
import { printEnv } from "./env.ts";
import { printErrors } from "./errors.ts";

/** The documents that are printed from code, by their paths. */
export const printed: Readonly<Record<string, () => string>> = {
  "docs/reference/cli.md": printCli,
  "docs/reference/env.md": printEnv,
  "docs/reference/errors.md": printErrors,
};
