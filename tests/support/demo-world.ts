import { join } from "node:path";
import type { BrowserContext, Locator, Page } from "playwright-core";
import { afterAll } from "vitest";
import { deskContext, faultsOf, openBrowser, phoneContext } from "./browser.ts";
import { type SeededWorld, openSeededWorld } from "./seeded-world.ts";
import type { WorldOptions } from "./world.ts";

/** A page in a browser, and everything that went wrong in it so far. */
export interface Screen {
  page: Page;
  faults: string[];
  /** Goes to an address of ours as if it were typed: the page starts anew. */
  open(address: string): Promise<void>;
}

/** The whole product with its demo data and its built fronts, and a browser. */
export interface DemoWorld extends SeededWorld {
  /**
   * Somebody's phone, with the demo account's one tap on the login page; null: not logged in. `large`: the text as chosen on it;
   * without it nothing has been chosen yet.
   */
  phone(name: string | null, chosen?: { large: boolean }): Promise<Screen>;
  /** A desk at the console, likewise. */
  desk(name: string | null): Promise<Screen>;
}

const dist = join(import.meta.dirname, "../../dist");

/** Opens it for the test file that calls this. The time of the pages is the world's. */
export async function openDemoWorld(options: WorldOptions = {}): Promise<DemoWorld> {
  const fronts = { h5: join(dist, "h5"), console: join(dist, "console") };
  const world = await openSeededWorld({ ...options, app: { fronts, ...options.app } });
  const { deps } = world;
  const browser = await openBrowser();
  afterAll(() => browser.close());

  async function screen(context: BrowserContext): Promise<Screen> {
    // Only `Date`: timers and animations run as they do for people.
    await context.clock.setFixedTime(deps.clock.now());
    context.setDefaultTimeout(10_000);
    const page = await context.newPage();
    const open = async (address: string): Promise<void> => {
      await page.goto("about:blank");
      await page.goto(world.base + address);
    };
    return { page, faults: faultsOf(page), open };
  }
  return {
    ...world,
    async phone(name, chosen) {
      const context = await phoneContext(browser);
      if (chosen) await context.addInitScript(keepLargeText, chosen.large);
      const opened = await screen(context);
      const { page } = opened;
      if (name === null) return opened;
      await opened.open("/#/pages/login/index");
      await button(page, new RegExp(name)).tap();
      await page.waitForURL((url) => !url.hash.includes("login"));
      return opened;
    },
    async desk(name) {
      const opened = await screen(await deskContext(browser));
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
