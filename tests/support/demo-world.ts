import type { Locator, Page } from "playwright-core";
import { type Screen, builtFronts, openScreens } from "./screens.ts";
import { type SeededWorld, openSeededWorld } from "./seeded-world.ts";
import type { WorldOptions } from "./world.ts";

export type { Screen } from "./screens.ts";

/** The whole product with its demo data and its built fronts, and a browser. */
export interface DemoWorld extends SeededWorld {
  /**
   * Somebody's phone, with the demo account's one tap on the login page; null: not logged in. `large`: the text as
   * chosen on it; without it nothing has been chosen yet.
   */
  phone(name: string | null, chosen?: { large: boolean }): Promise<Screen>;
  /** A desk at the console, likewise. */
  desk(name: string | null): Promise<Screen>;
}

/** Opens it for the test file that calls this. The time of the pages is the world's. */
export async function openDemoWorld(options: WorldOptions = {}): Promise<DemoWorld> {
  const world = await openSeededWorld({ ...options, app: { fronts: builtFronts, ...options.app } });
  const screens = await openScreens(world);
  return {
    ...world,
    async phone(name, chosen) {
      const opened = await screens.phone(chosen && ((context) => context.addInitScript(keepLargeText, chosen.large)));
      const { page } = opened;
      if (name === null) return opened;
      await opened.open("/#/pages/login/index");
      await button(page, new RegExp(name)).tap();
      await page.waitForURL((url) => !url.hash.includes("login"));
      return opened;
    },
    async desk(name) {
      const opened = await screens.desk();
      if (name === null) return opened;
      await opened.open("/console/");
      await opened.page.getByRole("button", { name: new RegExp(name) }).click();
      await opened.page.getByRole("link", { name: "台账" }).waitFor();
      return opened;
    },
  };
}

/** In the page: what the app keeps when large text is chosen. An empty page has no storage. */
function keepLargeText(large: boolean): void {
  if (location.protocol !== "about:") localStorage.setItem("dxe.large-text", JSON.stringify({ data: large }));
}

/** Something to tap, by its words. The page in front is the last; Taro keeps those behind it. */
export const button = (page: Page, name: string | RegExp): Locator =>
  page
    .getByRole("button", { name, exact: typeof name === "string" })
    .filter({ visible: true })
    .last();

/** Words on the page in front. */
export const words = (page: Page, text: string | RegExp): Locator =>
  page.getByText(text).filter({ visible: true }).first();

/** What is written into, on the page in front. */
export const textarea = (page: Page): Locator => page.locator("textarea").filter({ visible: true }).first();

/** A field on the page in front, by its placeholder. */
export const input = (page: Page, placeholder: string): Locator =>
  page.locator(`input[placeholder="${placeholder}"]`).filter({ visible: true }).last();
