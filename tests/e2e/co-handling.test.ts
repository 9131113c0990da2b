import { expect, it } from "vitest";
import { button, openDemoWorld, textarea, words } from "../support/demo-world.ts";
import { picture, untilTestEnds } from "../support/screens.ts";

const world = await openDemoWorld();

const phone = untilTestEnds(world.phone);
const desk = untilTestEnds(world.desk);

/** Files a request and has 林晓慧 handle it. Returns its id. */
async function handled(description: string): Promise<string> {
  const body = { communityId: "xiziwan", serviceCode: "hall-light", description };
  const { id } = (await (await world.api("王雨晴")).call("POST /api/requests", { body })).ok;
  const cadre = await world.api("林晓慧");
  await cadre.call("POST /api/requests/:id/claim", { params: { id } });
  await cadre.call("POST /api/requests/:id/first-contact", { params: { id }, body: { note: "已电话联系" } });
  return id;
}

it("a cadre asks the property company, which takes it, works and is done; only then the request is resolved", async () => {
  const id = await handled("九楼的灯一闪一闪，换个灯座吧");
  const cadre = await phone("林晓慧");
  await cadre.open(`/#/subpackages/cadre/request/index?id=${id}`);
  await button(cadre.page, "办结").waitFor();
  await button(cadre.page, "请单位协办").tap();
  await button(cadre.page, /^安居物业/).tap();
  await textarea(cadre.page).fill("请换九楼灯座，带梯子");
  await button(cadre.page, "8 小时").tap();
  await picture(cadre.page, "co-handling-ask");
  await button(cadre.page, "请安居物业协办").tap();
  await words(cadre.page, /还有 1 项协办没有结束/).waitFor();
  await words(cadre.page, "等单位答复").waitFor();
  expect(await button(cadre.page, "办结").count()).toBe(0);

  const partner = await phone("石磊");
  await words(partner.page, "请换九楼灯座，带梯子").tap();
  await words(partner.page, "九楼的灯一闪一闪，换个灯座吧").waitFor();
  await words(partner.page, "接下后，能看到门牌、联系人和照片").waitFor();
  expect(await words(partner.page, "13800010001").count()).toBe(0);
  await picture(partner.page, "partner-task-asked");
  await button(partner.page, "接下").tap();
  await words(partner.page, "13800010001").waitFor();
  await picture(partner.page, "partner-task-accepted");
  await button(partner.page, "写进展").tap();
  await button(partner.page, "配件已订，等到货").tap();
  await picture(partner.page, "partner-step");
  await button(partner.page, "记下").tap();
  await words(partner.page, "配件已订，等到货").waitFor();

  const resident = await phone("王雨晴");
  await resident.open(`/#/pages/request/index?id=${id}`);
  await words(resident.page, "安居物业正在协办").waitFor();
  expect(await words(resident.page, "配件已订，等到货").count()).toBe(0);
  await picture(resident.page, "request-co-handled");

  await button(partner.page, "办好了").tap();
  await textarea(partner.page).fill("灯座已换，试过三次");
  await button(partner.page, "办好了").tap();
  await words(partner.page, "任务已结束，居民的情况不再显示").waitFor();

  await words(cadre.page, "灯座已换，试过三次").waitFor({ timeout: 20_000 });
  await picture(cadre.page, "cadre-co-handled");
  await button(cadre.page, "办结").waitFor();
  for (const { faults } of [cadre, partner, resident]) expect(faults).toEqual([]);
});

it("a refusal says who and why at the desk, where the clerk asks another organization and sees what each is worth", async () => {
  const id = await handled("十楼的灯也坏了");
  const cadre = await world.api("林晓慧");
  await cadre.call("POST /api/requests/:id/ask-organization", {
    params: { id },
    body: { organization: "安居物业", text: "请查线路", hours: 8 },
  });
  const partner = await phone("石磊");
  await words(partner.page, "请查线路").tap();
  await button(partner.page, "不接").tap();
  await textarea(partner.page).fill("线路在表前，归供电所");
  await button(partner.page, "不接").tap();
  await words(partner.page, "任务已结束，居民的情况不再显示").waitFor();
  await partner.open("/#/subpackages/partner/tasks/index");
  await button(partner.page, "已结束").tap();
  await words(partner.page, "请查线路").waitFor();

  const { page, faults } = await desk("何芳");
  await page.goto(`${world.base}/console/requests/${id}`);
  await page.getByText("不接的原因：线路在表前，归供电所").waitFor();
  await page.getByText(/石磊/).first().waitFor();
  await page.getByRole("button", { name: "请单位协办" }).click();
  const dialog = page.getByRole("dialog").last();
  await dialog.getByText("城区供电所").click();
  await dialog.getByLabel("请它做什么").fill("请换灯，顺便查开关");
  await picture(page, "console-ask-organization");
  await dialog.getByRole("button", { name: "确认请单位协办" }).click();
  await page.getByRole("region", { name: "协办单位" }).getByText("请换灯，顺便查开关").waitFor();
  await page.getByRole("button", { name: /改 ?请/ }).click();
  await page.getByRole("dialog").last().getByText("街道城运中心").click();
  await page
    .getByRole("dialog")
    .last()
    .getByRole("button", { name: /改 ?请/ })
    .click();
  await page.getByText("撤回的原因：改请街道城运中心协办").waitFor();
  await picture(page, "console-co-handling");

  await page.goto(`${world.base}/console/organizations`);
  await page.getByRole("button", { name: "只看安居物业的任务" }).click();
  await page.getByText("线路在表前，归供电所").waitFor();
  expect(page.url()).toContain("organization=");
  expect(faults).toEqual([]);
  expect(partner.faults).toEqual([]);
});
