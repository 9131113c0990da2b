import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { expireExports, writeNextExport } from "../../server/modules/exports/writing/write-export.ts";
import { seriousFindings } from "../support/audit.ts";
import { openDemoWorld } from "../support/demo-world.ts";
import { demoPassword } from "../../server/demo/people.ts";
import { picture, untilTestEnds } from "../support/screens.ts";

const world = await openDemoWorld();
const { deps } = world;

const desk = untilTestEnds(world.desk);

describe("导出", () => {
  it("what the page shows, in clear with a reason, is written, fetched and told in the log; by keyboard", async () => {
    const { page, faults } = await desk("何芳");
    await page.goto(`${world.base}/console/requests?status=queued`);
    const rows = page.locator("tbody [data-row]");
    await rows.first().waitFor();
    const shown = await rows.count();
    await page.getByRole("button", { name: "导出", exact: true }).press("Enter");
    const dialog = page.getByRole("dialog", { name: "导出工单" });
    await dialog.getByText("按页面上现在的筛选条件导出").waitFor();
    // Keys that are pressed before the dialog has taken the focus would go elsewhere.
    await expect.poll(() => dialog.evaluate((box) => box.contains(document.activeElement))).toBe(true);
    for (const name of [/^CSV/, /不遮盖/]) {
      const radio = dialog.getByRole("radio", { name });
      await radio.press("Space");
      await expect.poll(() => radio.isChecked()).toBe(true);
    }
    await dialog.getByRole("button", { name: "开始导出" }).press("Enter");
    await dialog.getByText("请写明理由").waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await dialog.getByLabel("为什么要不遮盖的内容").fill("逐户走访");
    await dialog.getByRole("button", { name: "开始导出" }).press("Enter");
    // The page was loaded after the login, so that the person is asked who they are; the step goes on then.
    const check = page.getByRole("dialog", { name: "请确认是您本人" });
    await check.getByLabel("密码").fill("not-the-password");
    await check.getByLabel("密码").press("Enter");
    await check.getByText(/现在的密码不对/).waitFor();
    await picture(page, "console-confirm-person");
    expect(await seriousFindings(page)).toEqual([]);
    await check.getByLabel("密码").fill(demoPassword);
    await check.getByLabel("密码").press("Enter");
    await page.getByRole("button", { name: "去看进度" }).press("Enter");
    await page.getByText("排队中").waitFor();
    expect(await writeNextExport(deps, "writer")).toBe(true);
    await page.getByRole("button", { name: "刷新" }).press("Enter");
    const coming = page.waitForEvent("download");
    await page.getByRole("button", { name: "下载工单 CSV" }).press("Enter");
    const file = await coming;
    expect(file.suggestedFilename()).toMatch(/^店小二-工单-\d{4}-\d\d-\d\d\.csv$/);
    const text = await readFile(await file.path(), "utf8");
    expect(text.trim().split("\r\n")).toHaveLength(shown + 1);
    expect(text).toMatch(/1[3-9]\d{9}/);
    await page.getByText(/这次下载已记入台账/).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await world.relay.drain();
    await page.goto(`${world.base}/console/log?type=export.asked`);
    await page.getByText("逐户走访").first().waitFor();
    // The browser logs the refusals: the step before the password was given, and the wrong password.
    expect(faults.map((fault) => /status of (\d+)/.exec(fault)?.[1] ?? fault)).toEqual(["403", "422"]);
  });

  it("can be canceled, and a file that is gone says so", async () => {
    const { page, faults } = await desk("何芳");
    await page.goto(`${world.base}/console/log?type=request.rated`);
    await page.getByRole("button", { name: "导出", exact: true }).click();
    await page.getByRole("button", { name: "开始导出" }).click();
    await page.getByRole("button", { name: "去看进度" }).click();
    await page.getByRole("button", { name: "取消导出台账 XLSX" }).click();
    await page.getByRole("cell", { name: "已取消" }).waitFor();
    expect(faults).toEqual([]);
    world.clock.pass(25 * 60);
    await expireExports(deps);
    const next = await desk("何芳");
    await next.page.getByRole("link", { name: "导出", exact: true }).click();
    await next.page.getByText("文件只保留一天").waitFor();
    expect(await next.page.getByRole("button", { name: /^下载/ }).count()).toBe(0);
    expect(next.faults).toEqual([]);
  });

  it("a supervisor chooses a community first, and is not asked about masks", async () => {
    const { page, faults } = await desk("孟宁");
    await page.goto(`${world.base}/console/requests`);
    await page.getByRole("button", { name: "导出", exact: true }).click();
    await page.getByText("请先在页面上选一个社区").waitFor();
    await page.goto(`${world.base}/console/requests?communityId=kangcheng`);
    await page.getByRole("button", { name: "导出", exact: true }).click();
    await page.getByRole("dialog").getByText("格式").waitFor();
    expect(await page.getByText("不遮盖").count()).toBe(0);
    expect(faults).toEqual([]);
  });
});

describe("核对台账", () => {
  it("says how many rows hold, with the last seal; and which is the first that does not", async () => {
    const { page, faults } = await desk("何芳");
    await page.getByRole("link", { name: "台账" }).press("Enter");
    await page.getByRole("button", { name: "核对台账" }).press("Enter");
    const dialog = page.getByRole("dialog", { name: "核对台账" });
    await dialog.getByRole("button", { name: "开始核对" }).press("Enter");
    await dialog.getByText(/\d+ 条全部相符$/).waitFor();
    await dialog.getByText(/^末条签章 .{8}，核对于 2026/).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await page.route("**/api/log/verify", async (route) => {
      const reply = await route.fetch();
      const fault = { pos: 57, kind: "payload" };
      await route.fulfill({ response: reply, json: { ...((await reply.json()) as object), fault } });
    });
    await dialog.getByRole("button", { name: "再核对一次" }).press("Enter");
    await dialog.getByText("第 57 条不符").waitFor();
    await dialog.getByText("这一条的内容被改过。").waitFor();
    await page.keyboard.press("Escape");
    expect(faults).toEqual([]);
  });

  it("checks each community of a supervisor", async () => {
    const { page, faults } = await desk("孟宁");
    await page.goto(`${world.base}/console/log`);
    await page.getByRole("button", { name: "核对台账" }).click();
    await page.getByRole("button", { name: "开始核对" }).click();
    const results = page.getByRole("dialog").getByRole("listitem").filter({ hasText: "全部相符" });
    await expect.poll(() => results.count()).toBe(2);
    expect(faults).toEqual([]);
  });
});
