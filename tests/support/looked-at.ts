import type { Api } from "./api.ts";

type Address = (as: (name: string) => Promise<Api>) => string | Promise<string>;

/** A page of the mini-program that the page tests open as a demo person. */
export type AppPageRow = [
  name: string,
  who: "resident" | "stranger" | "cadre" | "partner",
  address: Address,
  says: string | RegExp,
  /** A button to tap that opens more, such as a sheet. */
  tap?: string | RegExp,
];

/** A page of the console that the page tests open as a demo clerk. */
export type ConsolePageRow = [name: string, address: Address, says: string | RegExp];

/** The pages of a module, which `tests/modules/<module>/pages.ts` exports as `pages`. */
export interface PagesOfModule {
  appPages: readonly AppPageRow[];
  consolePages: readonly ConsolePageRow[];
}
