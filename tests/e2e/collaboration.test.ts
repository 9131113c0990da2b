import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { button, input, openDemoWorld, textarea, words } from "../support/demo-world.ts";
import { picture, untilTestEnds } from "../support/screens.ts";

const world = await openDemoWorld();

const phone = untilTestEnds(world.phone);
const desk = untilTestEnds(world.desk);

/** On the filing page: chooses another place than the own home. */
async function chooseBuilding(page: Page, name: string): Promise<void> {
  await button(page, "换个地方").tap();
  await button(page, /^楼栋/).tap();
  await button(page, name).tap();
  await input(page, "如 602、三楼走廊").fill("一楼走廊");
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
  await page.getByText(/^由另一个社区办理/).waitFor();
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

it("a resident is offered what a neighbour has filed, follows it, hears how far it is, and leaves it; another one files all the same", async () => {
  const id = (
    await (
      await world.api("林晓慧")
    ).call("GET /api/requests", { query: { scope: "community", serviceCode: "hall-light", open: "true" } })
  ).ok.items.find(({ filedBy }) => filedBy?.as === "cadre")?.id;
  const requestId = id ?? expect.fail("nobody has filed for a caller");
  const { page, open, faults } = await phone("王雨晴");
  const mine = await world.api("王雨晴");
  await mine.call("POST /api/requests/:id/unfollow", { params: { id: requestId } });

  await button(page, /找店小二/).tap();
  await textarea(page).fill("一楼楼道灯不亮，晚上回来看不见");
  await words(page, "楼道灯").first().waitFor();
  await chooseBuilding(page, "6号楼");
  await button(page, "提交").tap();
  await words(page, "楼里已有人反映过").waitFor();
  await picture(page, "near");
  await button(page, "跟进这件").first().tap();
  await words(page, /^邻居提交的同一件事/).waitFor();
  await picture(page, "following");
  expect(await page.getByText("怕摔").count()).toBe(0);
  // The draft was cleared, so the form behind this page is empty.
  await page.goBack();
  await expect.poll(() => textarea(page).inputValue()).toBe("");

  await (await world.api("林晓慧")).call("POST /api/requests/:id/claim", { params: { id: requestId } });
  await world.relay.drain();
  await open("/#/subpackages/resident/inbox/index");
  await words(page, /^您跟进的诉求 .*林晓慧接单了/).tap();
  await words(page, "谁在办").waitFor();
  await button(page, "不再跟进").tap();
  await expect
    .poll(async () => (await mine.call("GET /api/requests/:id", { params: { id: requestId } })).code)
    .toBe("request.unknown");

  await open("/#/pages/file/index");
  await textarea(page).fill("一楼楼道灯不亮，晚上回来看不见");
  await chooseBuilding(page, "6号楼");
  await button(page, "提交").tap();
  await button(page, "不是同一件，继续提交").tap();
  await words(page, "等干部接单").waitFor();
  expect(faults).toEqual([]);
});

it("the cadre and the committee see how many follow", async () => {
  const { items } = (
    await (await world.api("林晓慧")).call("GET /api/requests", { query: { scope: "community", open: "true" } })
  ).ok;
  const request = items.find(({ followers }) => followers.count > 0) ?? expect.fail("nobody follows anything");
  const { page, open, faults } = await desk("何芳");
  await open(`/console/requests/${request.id}`);
  await page.getByText(`另有 ${request.followers.count} 位跟进`).first().waitFor();
  await page.getByRole("region", { name: /^跟进的居民/ }).waitFor();
  await picture(page, "console-followers");
  const cadre = await phone("林晓慧");
  await cadre.open(`/#/subpackages/cadre/request/index?id=${request.id}`);
  await words(cadre.page, /^另有 \d+ 位居民跟进/).waitFor();
  await picture(cadre.page, "cadre-followers");
  for (const errors of [faults, cadre.faults]) expect(errors).toEqual([]);
});

it("a clerk asks another community to take over; its clerk says yes, and the queue, the log and the address follow", async () => {
  const [asking, answering] = [await desk("魏国栋"), await desk("何芳")];
  const { items } = (
    await (await world.api("蒋立新")).call("GET /api/requests", { query: { scope: "queue", limit: 50 } })
  ).ok;
  const request = items.find(({ transfer }) => transfer === null) ?? expect.fail("nothing waits in 康城");
  await asking.open(`/console/requests/${request.id}`);
  await asking.page.getByRole("button", { name: "转办到别的社区" }).click();
  const dialog = asking.page.getByRole("dialog", { name: /转办到别的社区/ });
  await dialog.getByLabel("转办给哪个社区").click();
  await asking.page.getByTitle("西子湾居委会").click();
  await dialog.getByLabel("为什么转办").fill("现场在西子湾一侧");
  await picture(asking.page, "console-transfer-ask");
  await dialog.getByRole("button", { name: /转办到别的社区/ }).click();
  await asking.page.getByText("康城一居委会请西子湾居委会接办，等答复").waitFor();

  await answering.open("/console/requests?attention=incoming");
  await answering.page.getByRole("link", { name: new RegExp(request.requestNo) }).click();
  await answering.page.getByText("现场在西子湾一侧").first().waitFor();
  await picture(answering.page, "console-transfer-asked");
  await answering.page.getByRole("button", { name: "同意接办" }).click();
  await answering.page.getByRole("dialog").getByRole("button", { name: "确认同意接办" }).click();
  await answering.page.getByText("先前办理社区").waitFor();

  await asking.open(`/console/requests/${request.id}`);
  await asking.page.getByText(/^由另一个社区办理/).waitFor();
  await world.relay.drain();
  for (const [{ page, open }, type, says] of [
    [asking, "request.transferred", /转由西子湾居委会接办/],
    [answering, "transfer.arrived", /接办了康城一居委会转来的诉求/],
  ] as const) {
    await open(`/console/log?requestId=${request.id}&type=${type}`);
    await page.getByText(says).first().waitFor();
    await picture(page, `console-log-${type}`);
  }
  for (const { faults } of [asking, answering]) expect(faults).toEqual([]);
});

it("on the phone a cadre asks, and one who is asked finds it above the queue and does not take it", async () => {
  const cadre = await phone("林晓慧");
  await cadre.open("/#/subpackages/cadre/queue/index");
  await words(cadre.page, "别的社区请我们接办").waitFor();
  await picture(cadre.page, "cadre-incoming");
  await words(cadre.page, /健身点的扶手/).tap();
  await words(cadre.page, /请西子湾居委会接办，等答复/).waitFor();
  await picture(cadre.page, "cadre-transfer-asked");
  await button(cadre.page, "不接办").tap();
  await textarea(cadre.page).fill("扶手在康城一侧，已和他们说好");
  await button(cadre.page, "不接办").tap();
  await words(cadre.page, "别的社区请我们接办").waitFor({ state: "hidden" });

  const api = await world.api("林晓慧");
  const { items } = (await api.call("GET /api/requests", { query: { scope: "handling", open: "true" } })).ok;
  const mine = items.find(({ abilities }) => abilities.includes("ask-transfer")) ?? expect.fail("nothing in hand");
  await cadre.open(`/#/subpackages/cadre/request/index?id=${mine.id}`);
  await button(cadre.page, "转到别的社区").tap();
  await button(cadre.page, "康城一居委会").tap();
  await textarea(cadre.page).fill("居民已搬到康城");
  await picture(cadre.page, "cadre-transfer");
  await button(cadre.page, "请对方接办").tap();
  await words(cadre.page, "西子湾居委会请康城一居委会接办，等答复").waitFor();
  expect(cadre.faults).toEqual([]);
});
