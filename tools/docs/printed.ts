import { printAuthorization } from "./authorization.ts";
import { printCli } from "./cli.ts";
import { printEnv } from "./env.ts";
import { printErrors } from "./errors.ts";
import { printIntegrity } from "./integrity.ts";
import { modulePages } from "./module-page.ts";
import { printPrivacy } from "./privacy.ts";

/** The documents that are printed from code, by path. */
export const printed: Readonly<Record<string, () => string>> = {
  "docs/authorization.md": printAuthorization,
  "docs/privacy.md": printPrivacy,
  "docs/reference/cli.md": printCli,
  "docs/reference/env.md": printEnv,
  "docs/reference/errors.md": printErrors,
  "docs/reference/integrity.md": printIntegrity,
  ...modulePages,
};
