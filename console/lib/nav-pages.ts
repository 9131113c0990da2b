import type { Role } from "../../contract/index.ts";
import { type ModulePage, consoleModules } from "../modules/index.ts";

/** The pages of the core. The name is also the first part of the path. */
export type CorePage =
  | "today"
  | "supervision"
  | "requests"
  | "organizations"
  | "roster"
  | "log"
  | "satisfaction"
  | "residents"
  | "exports"
  | "audit"
  | "settings";

/** The pages in the navigation of the console. */
export type NavPage = CorePage | ModulePage;

/** The core's pages of each role in two groups; the pages of the modules stand between them. */
const pagesByRole: Readonly<Partial<Record<Role, readonly [first: readonly CorePage[], last: readonly CorePage[]]>>> = {
  committee: [
    ["today", "requests", "organizations", "roster", "log", "satisfaction", "residents"],
    ["exports", "audit", "settings"],
  ],
  cadre: [["today", "requests", "organizations", "roster", "log", "residents"], []],
  supervisor: [
    ["today", "supervision", "requests", "organizations", "roster", "log", "satisfaction"],
    ["exports", "audit"],
  ],
  admin: [["log"], ["exports", "audit"]],
};

/**
 * The pages of a role; the first is its start page. Empty for residents and partners, who use the mini-program. The
 * server decides what a role may do there.
 */
export function navPagesOf(role: Role): readonly NavPage[] {
  const core = pagesByRole[role];
  if (!core) return [];
  const [first, last] = core;
  const ofModules = consoleModules.filter(({ roles }) => roles.includes(role)).map(({ name }) => name);
  return [...first, ...ofModules, ...last];
}
