import { expect, it } from "vitest";
import { button, openDemoWorld, textarea, words } from "../../../support/demo-world.ts";
import { untilTestEnds } from "../../../support/screens.ts";

const world = await openDemoWorld();
const clerk = await world.as(await world.staff("committee", ["xiziwan"]));
const address = "/#/modules/complaints/complaint/index";

const phone = untilTestEnds(world.phone);

/** The complaints with this text that the committee sees. */
async function known(text: string): Promise<{ id: string; requestNo: string | null }[]> {
  const { items } = (await clerk.call("GET /api/complaints", { query: { limit: 100 } })).ok;
  return items.filter((complaint) => complaint.text === text);
}

it("a complaint about a request reaches the committee once, and its answer comes back by the notice", async () => {
  const said = "约好上门，等了一下午没有人来";
  const { page, faults, open } = await phone("王雨晴");
  await open(address);
  await textarea(page).fill(said);
  await button(page, /^和哪件诉求有关/).tap();
  const choices = page.locator(".sheet__option").filter({ visible: true });
  const title = await choices.nth(1).locator(".link-row__main > *").first().innerText();
  await choices.nth(1).tap();
  await expect.poll(() => page.locator(".picker-row__text").innerText()).toBe(title);
  await button(page, "提交").tap();
  await words(page, "已交给居委会，答复了会通知您").waitFor();
  await words(page, said).waitFor();
  expect(await textarea(page).inputValue()).toBe("");

  const [complaint, ...more] = await known(said);
  expect(more).toEqual([]);
  expect(complaint?.requestNo).toMatch(/./);
  const row = page.locator(".card").filter({ hasText: said });
  expect(await row.innerText()).toContain("等居委会答复");
  expect(await row.innerText()).toContain(complaint?.requestNo);

  const answered = { params: { id: complaint!.id }, body: { text: "已问过，今天傍晚补上门，给您道歉" } };
  expect((await clerk.call("POST /api/complaints/:id/answer", answered)).code).toBeNull();
  await open("/#/subpackages/resident/inbox/index");
  await button(page, /答复了您的投诉/).tap();
  await words(page, answered.body.text).waitFor();
  expect(await row.innerText()).toContain("已答复");
  expect(faults).toEqual([]);
});

it("without words nothing is sent, and what may not be said stays to be changed", async () => {
  const { page, open } = await phone("赵秀英");
  await open(address);
  await words(page, "还没有写过").waitFor();
  await button(page, "提交").tap();
  await words(page, "请先写几个字").waitFor();
  await textarea(page).fill("墙上贴着代开发票");
  await button(page, "提交").tap();
  await page
    .locator(".page__foot")
    .getByText(/请修改后再试/)
    .waitFor();
  expect(await textarea(page).inputValue()).toBe("墙上贴着代开发票");
  expect(await known("墙上贴着代开发票")).toEqual([]);
});

it("without a network it says so, keeps the words, and sends them once it is back", async () => {
  const said = "楼下广场舞音响太响，提醒过没有用";
  const { page, open } = await phone("赵秀英");
  await open(address);
  await textarea(page).fill(said);
  await page.context().setOffline(true);
  await button(page, "提交").tap();
  await words(page, /没连上网络/).waitFor();
  await page.context().setOffline(false);
  await button(page, "提交").tap();
  await words(page, "已交给居委会，答复了会通知您").waitFor();
  expect(await known(said)).toHaveLength(1);
});

it("a list that cannot be read says so with a way on, and the form still works", async () => {
  const { page, open } = await phone("王雨晴");
  const list = /\/api\/complaints\?/;
  await page.route(list, (route) => route.abort());
  await open(address);
  await words(page, "暂时打不开").waitFor();
  await textarea(page).waitFor();
  await page.unroute(list);
  await button(page, "再试一次").tap();
  await words(page, "何芳答复您").waitFor();
  expect(await words(page, "暂时打不开").count()).toBe(0);
});

it("nobody logged in is told what logging in is for, and how to reach somebody without it", async () => {
  const { page, faults, open } = await phone(null);
  await open(address);
  await words(page, "登录后可以写").waitFor();
  await words(page, "打居委会电话").waitFor();
  expect(await textarea(page).count()).toBe(0);
  await button(page, "登录").tap();
  await words(page, "用手机号登录").waitFor();
  expect(faults).toEqual([]);
});
