import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { seedDemo } from "../../server/demo/seed.ts";
import { systemClock } from "../../server/ports.ts";
import { deskContext, faultsOf, openBrowser, phoneContext } from "../support/browser.ts";
import { openWorld } from "../support/world.ts";

const dist = join(import.meta.dirname, "../../dist");
const fronts = { h5: join(dist, "h5"), console: join(dist, "console") };
const world = await openWorld({ clock: systemClock, leaseClock: systemClock }, { fronts });
const browser = await openBrowser();
afterAll(() => browser.close());

beforeAll(async () => {
  await seedDemo(
    world.deps,
    new Date(),
    () => undefined,
    () => world.relay.drain(),
  );
  world.relay.start();
});

/** Something to tap, by its words. The page in front is the last; Taro keeps those behind it. */
const button = (page: Page, name: string | RegExp): Locator =>
  page
    .getByRole("button", { name, exact: typeof name === "string" })
    .filter({ visible: true })
    .last();
const words = (page: Page, text: string | RegExp): Locator => page.getByText(text).filter({ visible: true }).first();

async function loginOnPhone(name: string): Promise<{ page: Page; faults: string[] }> {
  const context = await phoneContext(browser);
  const page = await context.newPage();
  const faults = faultsOf(page);
  await page.goto(`${world.base}/#/pages/login/index`);
  await button(page, `以${name}登录`).tap();
  await page.waitForURL((url) => !url.hash.includes("login"));
  return { page, faults };
}

it("a request goes from a resident's words to a rating that the committee sees in the log", async () => {
  const said = "信箱钥匙断在锁里了，今晚在家，麻烦来看一下";
  const resident = await loginOnPhone("王雨晴");
  await button(resident.page, /找店小二/).tap();
  await resident.page.locator("textarea").filter({ visible: true }).first().fill(said);
  await words(resident.page, "健身与公共设施").waitFor();
  await button(resident.page, "提交").tap();
  await words(resident.page, "等干部接单").waitFor();
  await words(resident.page, said).waitFor();

  const cadre = await loginOnPhone("林晓慧");
  await cadre.page.goto(`${world.base}/#/subpackages/cadre/queue/index`);
  await words(cadre.page, said).tap();
  await words(cadre.page, "这类事怎么办").waitFor();
  await button(cadre.page, "接单").tap();
  await button(cadre.page, "先行联系").waitFor();
  await button(cadre.page, "办结").tap();
  await words(cadre.page, "居民会看到结果和照片").waitFor();
  await cadre.page.locator("textarea").filter({ visible: true }).first().fill("换了锁芯，两把新钥匙交给您了");
  await button(cadre.page, "办结").tap();
  await words(cadre.page, "换了锁芯，两把新钥匙交给您了").waitFor();

  // The resident's page finds out by itself, and asks for a rating.
  await words(resident.page, "换了锁芯，两把新钥匙交给您了").waitFor({ timeout: 30_000 });
  await button(resident.page, /评价/).tap();
  await button(resident.page, /^解决了/).tap();
  const best = resident.page.getByRole("button", { name: "5 分，很好" }).filter({ visible: true });
  for (const row of [0, 1, 2]) await best.nth(row).tap();
  await button(resident.page, "提交评价").tap();
  await words(resident.page, "谢谢您的评价").waitFor();

  const desk = await (await deskContext(browser)).newPage();
  const deskFaults = faultsOf(desk);
  await desk.goto(`${world.base}/console/`);
  await desk.getByRole("button", { name: /何芳/ }).click();
  await desk.getByRole("link", { name: "台账" }).click();
  const row = desk.getByRole("row").filter({ hasText: "王**" }).filter({ hasText: /评价/ }).first();
  await row.waitFor();
  expect(await row.innerText()).toMatch(/解决/);

  for (const faults of [resident.faults, cadre.faults, deskFaults]) expect(faults).toEqual([]);
});
