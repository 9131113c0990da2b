import { describe, expect, it, onTestFinished } from "vitest";
import type { Me } from "../../contract/index.ts";
import { openDemoWorld } from "../support/demo-world.ts";
import { untilTestEnds } from "../support/screens.ts";

const world = await openDemoWorld();

const desk = untilTestEnds(world.desk);
const link = (name: string) => ({ name, exact: true });

describe("the console", () => {
  it("a wrong password is said in a sentence, and the account stays filled in", async () => {
    const { page } = await world.desk(null);
    onTestFinished(() => page.context().close());
    await page.goto(`${world.base}/console/`);
    await page.getByLabel("账号").fill("xiziwan");
    await page.getByLabel("密码").fill("not-the-password");
    await page
      .getByRole("button", { name: /登 ?录$/ })
      .first()
      .click();
    await page.getByText(/账号或密码/).waitFor();
    expect(await page.getByLabel("账号").inputValue()).toBe("xiziwan");
  });

  it("logged out while it asks who one is, nobody is logged in", async () => {
    const { page, open } = await desk("何芳");
    await open("/console/today");
    await page.getByRole("link", link("台账")).waitFor();
    const held = Promise.withResolvers<undefined>();
    await page.route(/\/api\/me$/, async (route) => {
      const response = await route.fetch();
      await held.promise;
      await route.fulfill({ response });
    });
    const asked = page.waitForRequest(/\/api\/me$/);
    await page.context().clock.setFixedTime(new Date(world.deps.clock.now().getTime() + 400_000));
    const answered = (await asked).response();
    await page.getByRole("button", { name: /何芳/ }).click();
    await page.getByRole("menuitem", { name: /退出/ }).click();
    await page.getByLabel("账号").waitFor();
    held.resolve(undefined);
    await (await answered)?.finished();
    // When this later request has an answer, the effects of the earlier one have happened.
    await page.evaluate(() => fetch("/api/demo/accounts").then((reply) => reply.text()));
    await page.getByLabel("账号").waitFor();
    expect(new URL(page.url()).pathname).toBe("/console/login");
    expect(await page.getByRole("link", link("台账")).count()).toBe(0);
  });

  it("a role that was taken up stays, whatever an earlier answer says", async () => {
    const { page, open } = await desk("何芳");
    const held = Promise.withResolvers<undefined>();
    let questions = 0;
    // The reply is changed to contain one more role; the server is not under test here.
    await page.route(/\/api\/me$/, async (route) => {
      const taking = route.request().method() === "PATCH";
      const response = await route.fetch(taking ? { method: "GET", postData: "" } : {});
      const me = (await response.json()) as Me;
      const more = { ...me.memberships[0]!, id: "0123456789abcdef01234567", role: "cadre" as const };
      const actingAs = { ...me.actingAs, membershipId: more.id, role: more.role };
      questions += taking ? 0 : 1;
      if (!taking && questions === 2) await held.promise;
      const known: Me = { ...me, memberships: [...me.memberships, more], ...(taking ? { actingAs } : {}) };
      await route.fulfill({ response, json: known });
    });
    await open("/console/roster");
    const settings = page.getByRole("link", link("设置"));
    await settings.waitFor();
    await page.context().clock.setFixedTime(new Date(world.deps.clock.now().getTime() + 400_000));
    await expect.poll(() => questions).toBe(2);
    await page.getByRole("button", { name: /何芳/ }).click();
    await page.getByRole("menuitem", { name: /干部/ }).click();
    await settings.waitFor({ state: "detached" });
    const answered = page.waitForResponse(/\/api\/me$/);
    held.resolve(undefined);
    await (await answered).finished();
    await page.evaluate(() => fetch("/api/demo/accounts").then((reply) => reply.text()));
    expect(await settings.count()).toBe(0);
  });

  it("the log shows what is asked for, and its address holds the filters", async () => {
    const { page, faults } = await desk("何芳");
    await page.getByRole("link", link("台账")).click();
    await page.getByRole("combobox", { name: "类型" }).click();
    await page.getByRole("listbox").locator("..").getByTitle("评价", { exact: true }).click();
    const types = () => page.locator("tbody tr td:nth-child(3)").allInnerTexts();
    await expect.poll(async () => new Set((await types()).filter(Boolean))).toEqual(new Set(["评价"]));
    const { href } = new URL(page.url());
    expect(href).toContain("type=request.rated");
    await page.reload();
    await expect.poll(async () => new Set((await types()).filter(Boolean))).toEqual(new Set(["评价"]));
    expect(faults).toEqual([]);
  });

  it("a resident is confirmed after a look at the home", async () => {
    const { page, faults } = await desk("何芳");
    await page.getByRole("link", link("居民")).click();
    const row = page.getByRole("row").filter({ hasText: "赵秀英" });
    await row.getByRole("button", { name: /核实/ }).click();
    await page.getByText(/赵秀英 住在8号楼3单元503/).waitFor();
    await page.getByRole("button", { name: "确认核实" }).click();
    await page.getByText("已核实 赵秀英").waitFor();
    expect(faults).toEqual([]);
  });

  it("a notice leads to what it is about: a leave to its week of the roster", async () => {
    const body = { note: null, from: "2026-03-24T00:00:00+08:00", to: "2026-03-25T00:00:00+08:00" };
    await (await world.api("周建明")).call("POST /api/leaves", { body: { ...body, kind: "annual" } });
    await world.relay.drain();
    const { page, open, faults } = await desk("何芳");
    await open("/console/requests");
    await page.getByRole("button", { name: /消息/ }).click();
    await page.getByRole("button", { name: /周建明请假，请到“排班”审批。/ }).click();
    await page.getByRole("columnheader", { name: /周一 3\/23/ }).waitFor();
    expect(new URL(page.url()).search).toBe("?week=2026-03-24");
    await page.getByRole("button", { name: /^批准 周建明/ }).waitFor();
    expect(faults).toEqual([]);
  });

  it("a request is given to a cadre, who has it then", async () => {
    const body = { communityId: "xiziwan", serviceCode: "parcel", description: "包裹太重，请帮忙搬" };
    const { id } = (await (await world.api("王雨晴")).call("POST /api/requests", { body })).ok;
    const { page, faults } = await desk("何芳");
    await page.goto(`${world.base}/console/requests/${id}`);
    await page.getByRole("button", { name: /派 ?单/ }).click();
    await page.getByRole("dialog").getByText("沈佳怡").first().click();
    await page.getByRole("button", { name: "确认派单" }).click();
    await page.getByText(/派单：已完成/).waitFor();
    expect((await (await world.api("王雨晴")).call("GET /api/requests/:id", { params: { id } })).ok).toMatchObject({
      status: "claimed",
      handler: { name: "沈佳怡" },
    });
    expect(faults).toEqual([]);
  });

  it("a common phrase goes behind what was written", async () => {
    const body = { communityId: "xiziwan", serviceCode: "parcel", description: "包裹在驿站，轮椅也在那里" };
    const params = { id: (await (await world.api("王雨晴")).call("POST /api/requests", { body })).ok.id };
    await (await world.api("林晓慧")).call("POST /api/requests/:id/claim", { params });
    const { page, faults } = await desk("何芳");
    await page.goto(`${world.base}/console/requests/${params.id}`);
    await page.getByRole("toolbar").getByRole("button", { name: "办理记录" }).click();
    const written = page.getByRole("dialog").locator("textarea");
    await written.fill("女儿的电话在门卫处。");
    await page.getByRole("dialog").getByRole("combobox").click();
    await page.locator(".ant-select-item-option", { hasText: "已到现场查看，等物业派工" }).click();
    expect(await written.inputValue()).toBe("女儿的电话在门卫处。\n已到现场查看，等物业派工");
    expect(faults).toEqual([]);
  });

  it("a supervisor sees both communities and no phone number", async () => {
    const { page, faults } = await desk("孟宁");
    await page.getByRole("link", link("工单")).click();
    await page.getByText("西子湾").first().waitFor();
    await page.getByText("康城").first().waitFor();
    expect(await page.locator("body").innerText()).not.toMatch(/1[3-9]\d{9}/);
    expect(faults).toEqual([]);
  });
});
