import type { Page } from "playwright-core";
import { expect, it, onTestFinished } from "vitest";
import { apiClient } from "../support/api.ts";
import { button, input, openDemoWorld, textarea, words } from "../support/demo-world.ts";
import { picture, untilTestEnds } from "../support/screens.ts";

const world = await openDemoWorld();

const phone = untilTestEnds(world.phone);

/** Fills in name, phone and home of another person. */
async function write(page: Page, name: string, mobile: string, placeholders: [string, string]): Promise<void> {
  await input(page, placeholders[0]).fill(name);
  await input(page, placeholders[1]).fill(mobile);
  await words(page, "选楼栋").tap();
  await button(page, "3号楼").tap();
  await words(page, "选单元").tap();
  await button(page, "2单元").tap();
  await input(page, "如 602").fill("501");
}

/** An API client of the phone's owner. */
async function holderOf(mobile: string) {
  const guest = apiClient(world.base, null);
  const { demoCode = "" } = (await guest.call("POST /api/auth/otp", { body: { phone: mobile } })).ok;
  const { accessToken } = (await guest.call("POST /api/auth/otp/verify", { body: { phone: mobile, code: demoCode } }))
    .ok;
  return apiClient(world.base, () => accessToken);
}

it("a daughter files for her mother, the cadre asks the mother, and the daughter sees it done", async () => {
  const mobile = "13911110001";
  const daughter = await phone("王雨晴");
  await button(daughter.page, /找店小二/).tap();
  await textarea(daughter.page).fill("妈妈家信箱钥匙断在锁里了，麻烦来看一下");
  await button(daughter.page, "家里老人").tap();
  await button(daughter.page, "父母").tap();
  await write(daughter.page, "孙桂珍", mobile, ["老人的真实姓名", "老人自己的 11 位手机号"]);
  await picture(daughter.page, "file-for-elder");
  await button(daughter.page, "提交").tap();
  await words(daughter.page, "您替父母提交的").waitFor();
  await words(daughter.page, /还没问过老人本人/).waitFor();
  await picture(daughter.page, "request-for-elder");

  const mother = await holderOf(mobile);
  const [mine] = (await mother.call("GET /api/requests")).ok.items;
  const id = mine?.id ?? expect.fail("the mother has no request");
  await (await world.api("林晓慧")).call("POST /api/requests/:id/claim", { params: { id } });
  const cadre = await phone("林晓慧");
  await cadre.open(`/#/subpackages/cadre/request/index?id=${id}`);
  await words(cadre.page, /请问居民本人/).waitFor();
  await picture(cadre.page, "cadre-asks-consent");
  await button(cadre.page, "当面").tap();
  await button(cadre.page, "同意").tap();
  await words(cadre.page, "居民已同意由家人代办").waitFor();

  await daughter.open(`/#/pages/request/index?id=${id}`);
  await words(daughter.page, "老人同意由您代办").waitFor();
  expect((await mother.call("GET /api/requests/:id", { params: { id } })).ok.filedBy?.consent?.how).toBe("visit");
  for (const { faults } of [daughter, cadre]) expect(faults).toEqual([]);
});

it("a cadre files for somebody on the phone, claims it, and the caller sees who filed it", async () => {
  const mobile = "13911110002";
  const cadre = await phone("林晓慧");
  await cadre.open("/#/subpackages/cadre/queue/index");
  await button(cadre.page, "代居民提交").tap();
  await write(cadre.page, "陈阿婆", mobile, ["居民的真实姓名", "居民自己的 11 位手机号"]);
  await textarea(cadre.page).fill("腿脚不便，麻烦代取一个快递");
  await picture(cadre.page, "cadre-file-written");
  await button(cadre.page, "提交").tap();
  await words(cadre.page, "由 林晓慧 代居民提交").waitFor();
  await button(cadre.page, "接单").tap();
  await button(cadre.page, "先行联系").waitFor();
  const [mine] = (await (await holderOf(mobile)).call("GET /api/requests")).ok.items;
  expect(mine).toMatchObject({
    status: "claimed",
    filedBy: { as: "cadre", name: "林晓慧" },
    contact: { name: "陈阿婆" },
  });
  expect(cadre.faults).toEqual([]);
});

it("a clerk files at the counter, and it opens beside the list", async () => {
  const { page, faults } = await world.desk("何芳");
  onTestFinished(() => page.context().close());
  await page.getByRole("link", { name: "工单", exact: true }).click();
  await page.getByRole("button", { name: "代居民提交" }).click();
  const dialog = page.getByRole("dialog", { name: "代居民提交诉求" });
  await dialog.getByLabel("居民姓名").fill("李大爷");
  await dialog.getByRole("button", { name: /提\s?交/ }).click();
  await dialog.getByText("请填居民自己的 11 位手机号").waitFor();
  await dialog.getByLabel("居民手机").fill("13911110003");
  await dialog.getByLabel("楼栋").click();
  await page.getByTitle("3号楼").click();
  await dialog.getByLabel("单元").click();
  await page.getByTitle("2单元").click();
  await dialog.getByLabel("房号").fill("301");
  await dialog.getByLabel("诉求内容").fill("楼道灯坏了两盏");
  await dialog.getByLabel("事项").click();
  await page.getByTitle(/ · 代取快递/).click();
  await picture(page, "console-file");
  await dialog.getByRole("button", { name: /提\s?交/ }).click();
  await page.getByText("何芳 代提交").waitFor();
  expect(faults).toEqual([]);
});
