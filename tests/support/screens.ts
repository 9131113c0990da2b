import { join } from "node:path";
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, expect, onTestFinished } from "vitest";
import { deskContext, faultsOf, openBrowser, phoneContext } from "./browser.ts";
import type { World } from "./world.ts";

declare module "vitest" {
  interface TaskMeta {
    /** Of a failed test with pages: their addresses, texts and errors. `npm test` prints it. */
    screens?: string;
  }
}

/** A page in a browser, and the errors in it so far. */
export interface Screen {
  page: Page;
  faults: string[];
  /** Opens an address with a full page load. */
  open(address: string): Promise<void>;
}

/** The folders of the built front ends, for a world that serves them. */
const dist = join(import.meta.dirname, "../../dist");
export const builtFronts = { h5: join(dist, "h5"), console: join(dist, "console") };

export const pictures = join(import.meta.dirname, "../../node_modules/.cache/pages");

/** Saves a screenshot of the whole page, for a check by eye after a change. */
export const picture = (page: Page, name: string): Promise<unknown> =>
  page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });

/**
 * Waits until a page shows all that it is going to show: nothing is loading or moving, and fonts, pictures and charts
 * are complete. Wait for its words before: an empty page is settled, too.
 */
export async function settled(page: Page): Promise<void> {
  await expect.poll(() => page.evaluate(unsettled)).toEqual([]);
}

/** Runs in the page: what it still waits for, in words. */
function unsettled(): string[] {
  const shown = (element: Element): boolean => element.checkVisibility({ visibilityProperty: true });
  const busy = ".loading, .waiting, .spinner, .ant-spin-spinning, .ant-btn-loading, [aria-busy=true]";
  const moving = document.getAnimations().filter((one) => Number.isFinite(one.effect?.getComputedTiming().endTime));
  return [
    ...(document.readyState === "complete" ? [] : ["the document"]),
    ...(document.fonts.status === "loaded" ? [] : ["fonts"]),
    ...[...document.querySelectorAll(busy)].filter(shown).map((element) => element.className),
    ...[...document.images].filter((image) => shown(image) && !image.complete).map(({ src }) => src),
    ...[...document.querySelectorAll(".chart:not(:has(svg, .muted))")].map(({ ariaLabel }) => `chart: ${ariaLabel}`),
    ...moving.filter(({ playState }) => playState === "running").map(({ id }) => `animation ${id}`),
  ];
}

/** Sets up an authenticator on the page with the QR code. `code` computes the code from the secret. */
export async function bind(page: Page, code: (secret: string) => string) {
  await page.getByRole("img", { name: "绑定验证器的二维码" }).waitFor();
  const secret = (await page.locator(".secret").innerText()).replaceAll(" ", "");
  await page.getByLabel("验证码").fill(code(secret));
  await page.getByRole("button", { name: "绑定", exact: true }).click();
  await page.getByText("请保存恢复码").waitFor();
  return {
    secret,
    recoveryCodes: await page.getByRole("list", { name: "恢复码" }).getByRole("listitem").allInnerTexts(),
  };
}

/** Wraps a function that opens a screen, so that the screen is closed when the calling test ends. */
export const untilTestEnds =
  <A extends unknown[]>(open: (...args: A) => Promise<Screen>) =>
  async (...args: A): Promise<Screen> => {
    const opened = await open(...args);
    onTestFinished(() => opened.page.context().close());
    return opened;
  };

export interface Screens {
  /** A new phone and a new desktop, without stored data. `prepare` runs in each new browser context. */
  phone(prepare?: (context: BrowserContext) => Promise<unknown>): Promise<Screen>;
  desk(): Promise<Screen>;
}

/** What a page shows, for the report of a failed test. */
async function describeScreen({ page, faults }: Screen): Promise<string> {
  const text = await page.evaluate(() => document.body.innerText.replaceAll(/\s*\n\s*/g, " | ").slice(0, 800));
  return [page.url(), text, ...faults].join("\n");
}

/** A browser for a world with front ends, for the calling test file. The pages have the world's time. */
export async function openScreens({ base, deps }: Pick<World, "base" | "deps">): Promise<Screens> {
  const browser = await openBrowser();
  const screens = new Set<Screen>();
  afterEach(async ({ task }) => {
    if (task.result?.state !== "fail") return;
    const shown = await Promise.allSettled([...screens].map(describeScreen));
    task.meta.screens = shown.map((one) => (one.status === "fulfilled" ? one.value : String(one.reason))).join("\n");
  });
  afterAll(() => browser.close());
  async function screen(context: BrowserContext): Promise<Screen> {
    // Only `Date` is fixed; timers and animations run normally.
    await context.clock.setFixedTime(deps.clock.now());
    context.setDefaultTimeout(20_000);
    const page = await context.newPage();
    const open = async (address: string): Promise<void> => {
      await page.goto("about:blank");
      await page.goto(base + address);
    };
    const opened = { page, faults: faultsOf(page), open };
    screens.add(opened);
    page.once("close", () => screens.delete(opened));
    return opened;
  }
  return {
    async phone(prepare) {
      const context = await phoneContext(browser);
      await prepare?.(context);
      return screen(context);
    },
    desk: async () => screen(await deskContext(browser)),
  };
}
