import { describe, expect, it, onTestFinished } from "vitest";
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
