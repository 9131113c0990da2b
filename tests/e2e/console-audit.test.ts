import { describe, expect, it, onTestFinished } from "vitest";
import { seriousFindings } from "../support/audit.ts";
import { openDemoWorld } from "../support/demo-world.ts";
import { untilTestEnds } from "../support/screens.ts";

const world = await openDemoWorld();

const desk = untilTestEnds(world.desk);

describe("审计", () => {
  it("tells who looked at whom and why; kind and person are chosen by keyboard and stand in the address", async () => {
    const { page, faults } = await desk("何芳");
    await page.getByRole("link", { name: "审计", exact: true }).press("Enter");
    const table = page.getByRole("region", { name: "审计记录" });
    await table.getByText("登记的号码打不通，当面核对后更正").waitFor();
    const rate = page.getByRole("region", { name: "近 24 小时谁查看了个人信息" });
    await rate.getByRole("row", { name: /何芳/ }).getByRole("cell", { name: "2 次" }).first().waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await page.screenshot({ path: "node_modules/.cache/pages/console-audit.png" });
    await page.getByRole("radio", { name: "查看个人信息" }).press("Space");
    await expect.poll(() => page.url()).toContain("kind=reveal");
    const kinds = () => table.locator("tbody tr td:nth-child(3)").allInnerTexts();
    await expect.poll(async () => new Set((await kinds()).filter(Boolean))).toEqual(new Set(["查看个人信息"]));
    const before = (await kinds()).length;
    await table
      .getByRole("button", { name: /^只看 居委会 何芳/ })
      .first()
      .press("Enter");
    await expect.poll(() => page.url()).toContain("personId=");
    await expect.poll(async () => (await kinds()).length).toBeLessThan(before);
    const shown = (await kinds()).length;
    const { page: other } = await desk("何芳");
    await other.goto(page.url());
    await other.getByText("登记的号码打不通，当面核对后更正").waitFor();
    expect(await other.getByRole("region", { name: "审计记录" }).locator("tbody tr").count()).toBe(
      await table.locator("tbody tr").count(),
    );
    expect(shown).toBeGreaterThan(0);
    await page.getByRole("link", { name: "审计", exact: true }).press("Enter");
    await page.goto(`${world.base}/console/audit?kind=login&from=2020-01-01&to=2020-01-02`);
    await page.getByText("没有符合条件的记录。").waitFor();
    await page.getByRole("button", { name: "清除筛选" }).press("Enter");
    await table.getByText("登记的号码打不通，当面核对后更正").waitFor();
    expect(faults).toEqual([]);
  });

  it("shows a wrong password to the committee, without it", async () => {
    const { page: login } = await world.desk(null);
    onTestFinished(() => login.context().close());
    await login.goto(`${world.base}/console/`);
    await login.getByLabel("账号").fill("xiziwan");
    await login.getByLabel("密码").fill("a-wrong-secret");
    await login
      .getByRole("button", { name: /登 ?录$/ })
      .first()
      .click();
    await login.getByText(/账号或密码/).waitFor();
    const { page, faults } = await desk("何芳");
    await page.goto(`${world.base}/console/audit?kind=login`);
    await page.getByText("有人用 何芳 的账号登录，密码不对（来自 127.0.0.*）").waitFor();
    expect(await page.locator("body").innerText()).not.toContain("a-wrong-secret");
    expect(faults).toEqual([]);
  });

  it("is read by the subdistrict and the operator", async () => {
    const { page, faults } = await desk("孟宁");
    await page.goto(`${world.base}/console/audit`);
    await page.getByText("西子湾").first().waitFor();
    expect(faults).toEqual([]);
    const operator = await desk("安然");
    await operator.page.goto(`${world.base}/console/audit`);
    await operator.page.getByRole("region", { name: "审计记录" }).waitFor();
    expect(await operator.page.getByRole("region", { name: /^近 24 小时/ }).count()).toBe(0);
    expect(operator.faults).toEqual([]);
  });
});
