import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, describe, expect, it } from "vitest";
import { type Screen, openDemoWorld, words } from "../support/demo-world.ts";

/** Pictures of every page, to look at after a run; the README shows the best of them. */
const shots = join(import.meta.dirname, "../../node_modules/.cache/pages");
await mkdir(shots, { recursive: true });

const world = await openDemoWorld();
const resident = await world.phone("王雨晴");
const stranger = await world.phone(null);
const cadre = await world.phone("林晓慧");
const clerk = await world.desk("何芳");
const everybody: Screen[] = [resident, stranger, cadre, clerk];
afterAll(() => Promise.all(everybody.map(({ page }) => page.context().close())));

/** The first request of a list in that state: what a page opens. */
async function first(name: string, scope: "mine" | "handling" | "queue", status: string): Promise<string> {
  const { items } = (await (await world.api(name)).call("GET /api/requests", { query: { scope } })).ok;
  return items.find((request) => request.status === status)?.id ?? expect.fail(`no ${status} request of ${name}`);
}

/** Goes to a page anew, waits for its words, and looks: everything within the width, nothing wrong in the console. */
async function expectWhole(
  { page, faults, open }: Screen,
  name: string,
  address: string,
  says: string | RegExp,
): Promise<void> {
  await open(address);
  await words(page, says).waitFor();
  await page.waitForLoadState("networkidle");
  await page.screenshot({ path: join(shots, `${name}.png`) });
  expect(await overflow(page)).toBeLessThanOrEqual(0);
  expect(faults.splice(0)).toEqual([]);
}

/** How far the page is wider than its window, px. */
const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

describe("the mini-program's pages", () => {
  it.each<[name: string, who: Screen, address: () => string | Promise<string>, says: string | RegExp]>([
    ["home-guest", stranger, () => "/", "找店小二"],
    ["login", stranger, () => "/#/pages/login/index", "王雨晴"],
    ["home", resident, () => "/", "王雨晴"],
    ["file", resident, () => "/#/pages/file/index", "需要帮什么忙？"],
    ["requests", resident, () => "/#/pages/requests/index", /^等干部接单/],
    ["me", resident, () => "/#/pages/me/index", "我的登记"],
    ["inbox", resident, () => "/#/pages/inbox/index", /与您联系/],
    ["register", resident, () => "/#/pages/register/index", "请登记一次，以后不用再填"],
    ["request-queued", resident, async () => `/#/pages/request/index?id=${await first("王雨晴", "mine", "queued")}`, "等干部接单"],
    ["request-handling", resident, async () => `/#/pages/request/index?id=${await first("王雨晴", "mine", "handling")}`, "办理中"],
    ["request-resolved", resident, async () => `/#/pages/request/index?id=${await first("王雨晴", "mine", "resolved")}`, "解决了没有，请您说了算"],
    ["withdraw", resident, async () => `/#/pages/step/index?action=withdraw&id=${await first("王雨晴", "mine", "queued")}`, "为什么撤回"],
    ["rate", resident, async () => `/#/pages/rate/index?id=${await first("王雨晴", "mine", "resolved")}`, "来得快不快"],
    ["queue", cadre, () => "/#/subpackages/cadre/queue/index", "接下一单"],
    ["handling", cadre, () => "/#/subpackages/cadre/handling/index", "办理中"],
    ["card", cadre, () => "/#/subpackages/cadre/card/index", "居民看到的就是这样"],
    ["cadre-file", cadre, () => "/#/subpackages/cadre/file/index", "替来电、来访的居民提交"],
    ["cadre-queued", cadre, async () => `/#/subpackages/cadre/request/index?id=${await first("林晓慧", "queue", "queued")}`, "这类事怎么办"],
    ["cadre-held", cadre, async () => `/#/subpackages/cadre/request/index?id=${await first("林晓慧", "handling", "claimed")}`, "先行联系"],
    ["resolve", cadre, async () => `/#/subpackages/cadre/step/index?action=resolve&id=${await first("林晓慧", "handling", "claimed")}`, "居民会看到结果和照片"],
  ])("%s", async (name, who, address, says) => expectWhole(who, name, await address(), says)); // prettier-ignore
});

describe("the console's pages", () => {
  it.each<[name: string, address: () => string | Promise<string>, says: string | RegExp]>([
    ["console-today", () => "/console/", "现在谁在岗"],
    ["console-requests", () => "/console/requests", "待接单"],
    ["console-request", async () => `/console/requests/${await first("林晓慧", "handling", "handling")}`, "办事指引"],
    ["console-log", () => "/console/log", /先行联系/],
    ["console-residents", () => "/console/residents", "待核实"],
  ])("%s", async (name, address, says) => expectWhole(clerk, name, await address(), says));

  it("inbox", async () => {
    await clerk.open("/console/");
    await clerk.page.getByRole("button", { name: /^消息/ }).click();
    await clerk.page.getByRole("dialog").waitFor();
    await clerk.page.screenshot({ path: join(shots, "console-inbox.png") });
    expect(clerk.faults.splice(0)).toEqual([]);
  });

  it("login", async () => {
    const nobody = await world.desk(null);
    await expectWhole(nobody, "console-login", "/console/", "何芳");
    await nobody.page.context().close();
  });
});
