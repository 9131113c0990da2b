import type { Intersection } from "../../contract/module.ts";
import { complaints } from "./complaints/module.ts";

/** The modules with pages in the console, in the order of the navigation. */
export const consoleModules = [complaints] as const;
export type ModulePage = (typeof consoleModules)[number]["name"];

/** The functions that put the events of all modules into words. */
export const moduleTellers = Object.assign({}, ...consoleModules.map(({ tellers }) => tellers)) as Intersection<
  (typeof consoleModules)[number]["tellers"]
>;

/** The console's addresses for the landings of modules' notices. */
export const moduleLandings: Readonly<Record<string, string | undefined>> = Object.assign(
  {},
  ...consoleModules.map(({ landings }) => landings),
);
