import type { Locator, Page } from "playwright-core";
import { type Screen, builtFronts, openScreens } from "./screens.ts";
import { openTemplateWorld } from "./demo-template.ts";
import { type SeededWorld, openSeededWorld } from "./seeded-world.ts";
import type { WorldOptions } from "./world.ts";

export type { Screen } from "./screens.ts";

/** The whole product with its demo data, its built front ends, and a browser. */
export interface DemoWorld extends SeededWorld {
  /**
   * Opens a phone that is logged in by the demo account's button on the login page. Null: not logged in. `large`: the
   * chosen text size; without it none has been chosen.
   */
  phone(name: string | null, chosen?: { large: boolean }): Promise<Screen>;
  /** Opens a desktop at the console, logged in in the same way. */
  desk(name: string | null): Promise<Screen>;
}

/**
 * Opens a demo world for the calling test file. The pages have the world's time. Without `clock` it uses the template
 * at
 * its default time.
 */
export async function openDemoWorld(
  options: Pick<WorldOptions, "app" | "clock" | "leaseClock"> = {},
): Promise<DemoWorld> {
  const withFronts = { ...options, app: { fronts: builtFronts, ...options.app } };
  const world = await (options.clock ? openSeededWorld(withFronts) : openTemplateWorld(withFronts));
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

/** Runs in the page: stores the choice of large text as the app does. An empty page has no storage. */
function keepLargeText(large: boolean): void {
  if (location.protocol !== "about:") localStorage.setItem("dxe.large-text", JSON.stringify({ data: large }));
}

/** A button on the page in front, by its text. Taro keeps the pages behind it, so the last match is taken. */
export const button = (page: Page, name: string | RegExp): Locator =>
  page
    .getByRole("button", { name, exact: typeof name === "string" })
    .filter({ visible: true })
    .last();

/** A text on the page in front. */
export const words = (page: Page, text: string | RegExp): Locator =>
  page.getByText(text).filter({ visible: true }).first();

/** The text area on the page in front. */
export const textarea = (page: Page): Locator => page.locator("textarea").filter({ visible: true }).first();

/** An input on the page in front, by its placeholder. */
export const input = (page: Page, placeholder: string): Locator =>
  page.locator(`input[placeholder="${placeholder}"]`).filter({ visible: true }).last();
