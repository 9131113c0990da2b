import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { button, openDemoWorld, words } from "../support/demo-world.ts";
import { phoneOf } from "../support/seeded-world.ts";
import { untilTestEnds } from "../support/screens.ts";

const world = await openDemoWorld();
const phone = untilTestEnds(world.phone);

/** Taps a row and returns name and text of the downloaded file. */
async function downloaded(page: Page, row: RegExp): Promise<{ name: string; text: string }> {
  const [download] = await Promise.all([page.waitForEvent("download"), button(page, row).tap()]);
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), "utf8") };
}

it("a resident sees who looked and why, takes a copy along to read and one for programs, and finds the way to erase", async () => {
  const { page, faults, open } = await phone("王雨晴");
  await open("/#/pages/me/index");
  await button(page, "我的数据").tap();
  await words(page, "干部 周建明看了您的手机号").waitFor();
  await words(page, "理由：居民来电说没修好，回拨问清楚").waitFor();
  await button(page, "做一份").tap();
  await words(page, "做好了，点一下就下载。服务器上不留。").waitFor();

  const html = await downloaded(page, /^网页版/);
  expect(html.name).toMatch(/^店小二-我的数据-\d{4}-\d\d-\d\d\.html$/);
  const reading = await page.context().newPage();
  await reading.setContent(html.text);
  expect(await reading.locator("h1").innerText()).toBe("店小二：我的数据");
  expect(await reading.locator("body").innerText()).toContain(phoneOf("王雨晴"));
  expect(await reading.locator("article").count()).toBeGreaterThan(5);
  await reading.close();

  const json = await downloaded(page, /^数据版/);
  expect(json.name).toMatch(/\.json$/);
  expect(JSON.parse(json.text)).toMatchObject({ format: "dianxiaoer-own-data-1", profile: { name: "王雨晴" } });

  await button(page, /^全部抹去/).tap();
  await words(page, /件还没办完，注销会撤回$/).waitFor();
  await words(page, "留下的，和为什么").waitFor();
  expect(faults).toEqual([]);
});
