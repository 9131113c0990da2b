import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect, it, onTestFinished } from "vitest";
import { type Screen, button, input, openDemoWorld, textarea, words } from "../support/demo-world.ts";

const world = await openDemoWorld();
const shots = join(import.meta.dirname, "../../node_modules/.cache/pages");
await mkdir(shots, { recursive: true });
const picture = (page: Page, name: string) => page.screenshot({ path: join(shots, `${name}.png`), fullPage: true });

async function phone(name: string): Promise<Screen> {
  const opened = await world.phone(name);
  onTestFinished(() => opened.page.context().close());
  return opened;
}

async function desk(name: string): Promise<Screen> {
  const opened = await world.desk(name);
  onTestFinished(() => opened.page.context().close());
  return opened;
}

it("a clerk accepts for another community, sees its course, and finds it behind the figure", async () => {
  const { page, open, faults } = await desk("何芳");
  await page.getByRole("link", { name: "工单", exact: true }).click();
  await page.getByRole("button", { name: "代居民提交" }).click();
  const dialog = page.getByRole("dialog", { name: "代居民提交诉求" });
  await dialog.getByLabel("居民所在社区").click();
  await page.getByTitle("康城一居委会").click();
  await dialog.getByText(/一窗通收：/).waitFor();
  await dialog.getByLabel("居民姓名").fill("乔大爷");
  await dialog.getByLabel("居民手机").fill("13911110071");
  await dialog.getByLabel("楼栋").click();
  await page.getByTitle("23号楼").click();
  await dialog.getByLabel("单元").click();
  await page.getByTitle("2单元").click();
  await dialog.getByLabel("房号").fill("301");
  await dialog.getByLabel("诉求内容").fill("来女儿家，顺路问敬老卡怎么补");
  await dialog.getByLabel("事项").click();
  await page.getByTitle(/ · 老年综合津贴/).click();
  expect(await page.getByTitle(/ · 代取快递/).count()).toBe(0);
  await picture(page, "console-accept-elsewhere");
  await dialog.getByRole("button", { name: /提\s?交/ }).click();
  await page.getByText(/本窗口代收的诉求/).waitFor();
  await page.getByText("老年综合津贴 · 康城一居委会").waitFor();
  expect(await page.getByText("来女儿家").count()).toBe(0);
  await picture(page, "console-course-only");

  await world.relay.drain();
  await open("/console/satisfaction");
  const here = page.getByRole("link", { name: /^代收他处 \d+ 件/ }).first();
  await here.waitFor();
  const n = Number(await here.textContent());
  await picture(page, "console-accepted-figures");
  await here.click();
  await page.getByText(`代收他处：${n} 件`).waitFor();
  expect(await page.getByRole("row").count()).toBe(n + 1);
  expect(faults).toEqual([]);
});

it("a cadre accepts for another community on the phone", async () => {
  const { page, open, faults } = await phone("林晓慧");
  await open("/#/subpackages/cadre/queue/index");
  await button(page, "代居民提交").tap();
  await button(page, /^居民所在社区/).tap();
  await button(page, "康城一居委会").tap();
  await words(page, /一窗通收：/).waitFor();
  await input(page, "居民的真实姓名").fill("乔阿婆");
  await input(page, "居民自己的 11 位手机号").fill("13911110072");
  await words(page, "选楼栋").tap();
  await button(page, "23号楼").tap();
  await words(page, "选单元").tap();
  await button(page, "2单元").tap();
  await input(page, "如 602").fill("501");
  await textarea(page).fill("想问敬老卡怎么补办");
  await picture(page, "cadre-accept-elsewhere");
  await button(page, "提交").tap();
  await words(page, "康城一居委会 · 23号楼").waitFor();
  await picture(page, "cadre-course-only");
  expect(faults).toEqual([]);
});
