import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import type { Reply } from "../../contract/index.ts";
import { anchorFault, parseAnchorFile } from "../../server/log/anchor-file.ts";
import { seriousFindings } from "../support/audit.ts";
import { openDemoWorld } from "../support/demo-world.ts";
import { untilTestEnds } from "../support/screens.ts";

const world = await openDemoWorld();

const desk = untilTestEnds(world.desk);

describe("台账", () => {
  it("is searched by words: / goes to the field, what was found is marked, and the address holds it", async () => {
    const { page, faults } = await desk("何芳");
    await page.goto(`${world.base}/console/log`);
    const table = page.getByRole("region", { name: "台账列表" });
    await table.locator("tbody [data-row]").first().waitFor();
    await page.keyboard.press("/");
    await page.keyboard.type("音响 九点");
    await page.keyboard.press("Enter");
    await table.locator("mark", { hasText: "音响" }).first().waitFor();
    await expect.poll(() => new URL(page.url()).searchParams.get("q")).toBe("音响 九点");
    const rows = await table.locator("tbody tr[data-row-key]").allInnerTexts();
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) expect(row).toMatch(/音响[\s\S]*九点|九点[\s\S]*音响/);
    expect(await seriousFindings(page)).toEqual([]);
    await page.screenshot({ path: "node_modules/.cache/pages/console-log-search.png" });
    const { page: other } = await desk("何芳");
    await other.goto(page.url());
    await other.locator("mark").first().waitFor();
    expect(await other.locator("tbody tr[data-row-key]").count()).toBe(rows.length);
    await page.goto(`${world.base}/console/log?q=${encodeURIComponent("没有人写过的话")}`);
    await page.getByText("没有符合条件的记录。").waitFor();
    expect(faults).toEqual([]);
  });

  it("keeps views and columns: by keyboard, also after a reload", async () => {
    const { page, faults } = await desk("何芳");
    await page.goto(`${world.base}/console/log?type=request.rated`);
    await page.locator("tbody [data-row]").first().waitFor();
    await page.getByRole("button", { name: "视图与列" }).press("Enter");
    const dialog = page.getByRole("dialog", { name: "视图与列" });
    await dialog.getByRole("checkbox", { name: "签章" }).press("Space");
    await dialog.getByLabel("把现在的筛选存为").fill("本月评价");
    await page.keyboard.press("Enter");
    await dialog.getByRole("button", { name: "本月评价", exact: true }).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await page.screenshot({ path: "node_modules/.cache/pages/console-log-views.png" });
    await dialog.getByRole("button", { name: "好了" }).press("Enter");
    await page.getByRole("columnheader", { name: "签章" }).waitFor({ state: "hidden" });
    await page.goto(`${world.base}/console/log`);
    await page.locator("tbody [data-row]").first().waitFor();
    expect(await page.getByRole("columnheader", { name: "签章" }).count()).toBe(0);
    await page.getByRole("button", { name: "视图与列" }).press("Enter");
    await dialog.getByRole("button", { name: "本月评价", exact: true }).press("Enter");
    await expect.poll(() => new URL(page.url()).searchParams.get("type")).toBe("request.rated");
    await page.getByRole("button", { name: "视图与列" }).press("Enter");
    await dialog.getByRole("button", { name: "删去视图 本月评价" }).press("Enter");
    await dialog.getByText("还没有保存过").waitFor();
    expect(faults).toEqual([]);
  });
});

describe("on a slow line", () => {
  it("filters that were chosen meanwhile stay; a print says by which its rows were asked for", async () => {
    const { page, faults } = await desk("何芳");
    const read = page.waitForResponse(/\/api\/log\?/);
    await page.goto(`${world.base}/console/log`);
    const { items } = (await (await read).json()) as Reply<"GET /api/log">;
    const { requestId, requestNo } = items.find((row) => row.requestNo !== null)!;
    const line = Promise.withResolvers<undefined>();
    const held = /\/api\/(requests\?.*requestNo=|log\?.*limit=100)/;
    await page.route(held, async (route) => {
      await line.promise;
      await route.continue();
    });
    await page.evaluate(() => {
      window.print = () => undefined;
    });
    const printed = page.waitForRequest(held);
    await page.getByRole("button", { name: "打印" }).press("Enter");
    await printed;
    const looked = page.waitForRequest(/requestNo=/);
    await page.getByRole("searchbox", { name: "工单号" }).fill(requestNo!);
    await page.keyboard.press("Enter");
    await looked;
    await page.getByRole("combobox", { name: "类型" }).click();
    await page.getByRole("listbox").locator("..").getByTitle("评价", { exact: true }).click();
    const asked = (name: string) => new URL(page.url()).searchParams.get(name);
    await expect.poll(() => asked("type")).toBe("request.rated");
    line.resolve(undefined);
    await expect.poll(() => asked("requestId")).toBe(requestId);
    expect(asked("type")).toBe("request.rated");
    const sheet = page.locator(".print-sheet");
    await sheet.waitFor({ state: "attached" });
    expect(await sheet.locator("p").first().textContent()).toContain("全部记录");
    expect(faults).toEqual([]);
  });
});

describe("每日封印", () => {
  it("are saved as a file that holds by itself", async () => {
    const { page, faults } = await desk("何芳");
    await page.goto(`${world.base}/console/log`);
    await page.getByRole("button", { name: "核对台账" }).press("Enter");
    const coming = page.waitForEvent("download");
    await page.getByRole("dialog").getByRole("button", { name: "导出每日封印" }).press("Enter");
    const saved = await coming;
    expect(saved.suggestedFilename()).toMatch(/^店小二-封印-xiziwan-\d{4}-\d\d-\d\d\.json$/);
    const file = parseAnchorFile(await readFile(await saved.path(), "utf8"));
    const days = file.communities["xiziwan"] ?? [];
    expect(days.length).toBeGreaterThan(50);
    expect(anchorFault("xiziwan", days, file.publicKeys)).toBeNull();
    await page.getByText(`已保存 ${days.length} 天的封印`).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await page.screenshot({ path: "node_modules/.cache/pages/console-anchors.png" });
    expect(faults).toEqual([]);
  });
});
