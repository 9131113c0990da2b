import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { button, openDemoWorld, textarea, words } from "../support/demo-world.ts";
import { fileWithPhoto } from "../support/file-with-photo.ts";
import { untilTestEnds } from "../support/screens.ts";

const world = await openDemoWorld();
const phone = untilTestEnds(world.phone);

/** Whether the focus is in the element over the page. */
const focusIsIn = (page: Page, over: string): Promise<boolean> =>
  page.evaluate((selector) => document.activeElement?.closest(selector) !== null, over);

/** Expects that Tab cycles within the element over the page, in both directions. */
async function expectTrap(page: Page, over: string): Promise<void> {
  await expect.poll(() => focusIsIn(page, over)).toBe(true);
  for (const key of ["Shift+Tab", "Tab", "Tab", "Tab", "Tab"]) {
    await page.keyboard.press(key);
    await expect.poll(() => focusIsIn(page, over)).toBe(true);
  }
}

it("a question is about its page: going back is a no", async () => {
  const { page, faults, open } = await phone("王雨晴");
  const body = { communityId: "xiziwan", serviceCode: "parcel", description: "快递在驿站六号柜，请帮忙取一下" };
  const { id } = (await (await world.api("王雨晴")).call("POST /api/requests", { body })).ok;
  await open("/#/pages/requests/index");
  await words(page, body.description).tap();
  await button(page, "撤回诉求").tap();
  await textarea(page).fill("不用了");
  await button(page, "撤回").tap();
  const question = page.getByRole("alertdialog", { name: "确定撤回？" });
  await question.waitFor();
  await expectTrap(page, ".dialog");

  await page.goBack();
  await question.waitFor({ state: "hidden" });
  await words(page, "等干部接单").waitFor();
  const { status } = (await (await world.api("王雨晴")).call("GET /api/requests/:id", { params: { id } })).ok;
  expect({ status, faults }).toEqual({ status: "queued", faults: [] });
});

it("a sheet takes the focus, keeps it, and gives it back; Escape and going back close it", async () => {
  const { page, faults, open } = await phone("王雨晴");
  await open("/#/pages/me/index");
  await words(page, "我的登记").waitFor();
  await page.evaluate(() => (location.hash = "#/pages/file/index"));
  await button(page, "换个地方").tap();
  const row = button(page, /^楼栋/);
  const sheet = page.getByRole("dialog", { name: "选楼栋" });
  await row.focus();
  await page.keyboard.press("Enter");
  await sheet.waitFor();
  await expectTrap(page, ".sheet");
  await page.keyboard.press("Escape");
  await sheet.waitFor({ state: "detached" });
  await expect.poll(() => row.evaluate((one) => one === document.activeElement)).toBe(true);

  await row.tap();
  await sheet.waitFor();
  await page.goBack();
  await words(page, "我的登记").waitFor();
  expect({ left: await page.locator(".sheet").count(), faults }).toEqual({ left: 0, faults: [] });
});

it("a photo over the page closes with Escape and with going back", async () => {
  const { page, faults, open } = await phone("王雨晴");
  await open("/#/pages/requests/index");
  await page.evaluate(() => (location.hash = "#/pages/file/index"));
  await textarea(page).waitFor();
  await fileWithPhoto(page);
  const viewer = page.getByRole("dialog", { name: "照片" });
  const photo = page.locator(".photos__one").filter({ visible: true }).last();
  await photo.tap();
  await viewer.waitFor();
  await expectTrap(page, ".photo-viewer");
  await page.keyboard.press("Escape");
  await viewer.waitFor({ state: "detached" });

  await photo.tap();
  await viewer.waitFor();
  await page.goBack();
  await viewer.waitFor({ state: "detached" });
  expect(faults).toEqual([]);
});
