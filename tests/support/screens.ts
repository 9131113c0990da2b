import { join } from "node:path";
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, onTestFinished } from "vitest";
import { deskContext, faultsOf, openBrowser, phoneContext } from "./browser.ts";
import type { World } from "./world.ts";

/** A page in a browser, and everything that went wrong in it so far. */
export interface Screen {
  page: Page;
  faults: string[];
  /** Goes to an address of ours as if it were typed: the page starts anew. */
  open(address: string): Promise<void>;
}

/** The built fronts, for a world that serves them. */
const dist = join(import.meta.dirname, "../../dist");
export const builtFronts = { h5: join(dist, "h5"), console: join(dist, "console") };

export const pictures = join(import.meta.dirname, "../../node_modules/.cache/pages");

/** Leaves a picture of the whole page, to look at after a change. */
export const picture = (page: Page, name: string): Promise<unknown> =>
  page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });

/** Binds an authenticator on the page that shows its picture, with the code that `code` makes of the secret. */
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

/** What opens a screen, which is closed again at the end of the test that asks for it. */
export const untilTestEnds =
  <A extends unknown[]>(open: (...args: A) => Promise<Screen>) =>
  async (...args: A): Promise<Screen> => {
    const opened = await open(...args);
    onTestFinished(() => opened.page.context().close());
    return opened;
  };

export interface Screens {
  /** A phone and a desk that nobody has used yet. `prepare` runs in each of its pages first. */
  phone(prepare?: (context: BrowserContext) => Promise<unknown>): Promise<Screen>;
  desk(): Promise<Screen>;
}

/** A browser for a world with fronts, for the test file that calls this. The time of the pages is the world's. */
export async function openScreens({ base, deps }: Pick<World, "base" | "deps">): Promise<Screens> {
  const browser = await openBrowser();
  afterAll(() => browser.close());
  async function screen(context: BrowserContext): Promise<Screen> {
    // Only `Date`: timers and animations run as they do for people.
    await context.clock.setFixedTime(deps.clock.now());
    context.setDefaultTimeout(20_000);
    const page = await context.newPage();
    const open = async (address: string): Promise<void> => {
      await page.goto("about:blank");
      await page.goto(base + address);
    };
    return { page, faults: faultsOf(page), open };
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
