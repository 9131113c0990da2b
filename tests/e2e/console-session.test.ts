import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { demoPassword } from "../../server/demo/people.ts";
import { seriousFindings } from "../support/audit.ts";
import { openDemoWorld } from "../support/demo-world.ts";
import { picture, untilTestEnds } from "../support/screens.ts";

const world = await openDemoWorld();
const desk = untilTestEnds(world.desk);

/** Lets time pass for the server and all pages. */
async function pass(minutes: number, ...pages: Page[]) {
  world.clock.pass(minutes);
  for (const page of pages) await page.context().clock.setFixedTime(world.clock.now());
}
const stored = (page: Page): Promise<string> => page.evaluate(() => JSON.stringify(localStorage));

/** Writes into a form of the settings. */
async function draft(page: Page, words: string) {
  await page.getByRole("link", { name: "设置" }).click();
  await page.getByLabel("居委会电话").fill(words);
}

it("nothing in the browser's storage opens the console, and a page that is loaded anew goes on", async () => {
  const { page, faults } = await desk("何芳");
  const kept = await stored(page);
  expect(kept).not.toMatch(/eyJ|[\w-]{43}/);
  const [cookie] = await page.context().cookies(`${world.base}/api/auth/refresh`);
  expect(cookie).toMatchObject({ name: "dxe_console", path: "/api/auth", httpOnly: true, sameSite: "Strict" });
  expect(await page.evaluate(() => document.cookie)).toBe("");
  await page.reload();
  await page.getByRole("link", { name: "台账" }).waitFor();
  const second = await page.context().newPage();
  await second.goto(`${world.base}/console/`);
  await second.getByRole("link", { name: "台账" }).waitFor();
  await page.getByRole("button", { name: /何芳/ }).click();
  await page.getByRole("menuitem", { name: "退出登录" }).click();
  for (const one of [page, second]) await one.getByLabel("账号").waitFor();
  expect(await page.context().cookies(`${world.base}/api/auth/refresh`)).toEqual([]);
  expect(faults).toEqual([]);
});

it("a login that nobody uses is counted down, goes on by one press, and ends without losing what was typed", async () => {
  const { page } = await desk("何芳");
  await draft(page, "021-5555 6666");
  await pass(29, page);
  const warning = page.getByRole("dialog", { name: "即将退出登录" });
  await warning.getByRole("timer").waitFor();
  expect(await warning.getByRole("timer").innerText()).toBe("1:00");
  expect(await seriousFindings(page)).toEqual([]);
  await picture(page, "console-idle");
  const told = page.waitForResponse((response) => response.url().endsWith("/api/auth/activity"));
  await warning.getByRole("button", { name: "继续使用" }).click();
  expect((await told).status()).toBe(204);
  await warning.waitFor({ state: "hidden" });

  await pass(29, page);
  await warning.waitFor();
  await pass(1, page);
  await page.getByRole("heading", { name: "请重新登录" }).waitFor();
  await warning.waitFor({ state: "hidden" });
  expect(await page.getByLabel("居委会电话").isVisible()).toBe(false);
  expect(await seriousFindings(page)).toEqual([]);
  await picture(page, "console-ended");
  await page.getByLabel("账号").fill("xiziwan");
  await page.getByLabel("密码").fill(demoPassword);
  await page.keyboard.press("Enter");
  await page.getByLabel("居委会电话").waitFor();
  expect(await page.getByLabel("居委会电话").inputValue()).toBe("021-5555 6666");
});

it("who logs in after another finds nothing of theirs", async () => {
  const { page } = await desk("何芳");
  await draft(page, "021-7777 8888");
  await pass(31, page);
  await page.getByRole("heading", { name: "请重新登录" }).waitFor();
  await page.getByRole("button", { name: /康城/ }).click();
  await page.getByRole("link", { name: "台账" }).waitFor();
  expect(await page.content()).not.toContain("021-7777 8888");
});
