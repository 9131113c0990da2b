import { describe, expect, it } from "vitest";
import { seriousFindings } from "../support/audit.ts";
import { openDemoWorld } from "../support/demo-world.ts";
import { untilTestEnds } from "../support/screens.ts";

const world = await openDemoWorld();

const desk = untilTestEnds(world.desk);

describe("满意度", () => {
  it("a number opens the list behind it, which is as long, and from there a request opens: all by keyboard", async () => {
    const { page, faults } = await desk("何芳");
    await page.getByRole("link", { name: "满意度" }).press("Enter");
    const rate = page.getByRole("region", { name: "解决率（居民认定）" });
    await rate.getByRole("button", { name: /怎么算/ }).press("Enter");
    await page.getByText("“部分解决”不算解决").waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    const rated = rate.getByRole("link", { name: /^已评价/ });
    const told = Number(await rated.innerText());
    expect(told).toBeGreaterThan(0);
    await rated.press("Enter");
    await page.getByText(`已评价：${told} 件`).waitFor();
    const list = page.getByRole("region", { name: "清单" });
    const listed = () => list.locator("tbody [data-row]").count();
    for (let before = 50; before < told; before += 50) {
      await page.getByRole("button", { name: "再看 50 条" }).press("Enter");
      await expect.poll(listed).toBe(Math.min(told, before + 50));
    }
    await list.getByText(`共 ${told} 条`).waitFor();
    expect(await listed()).toBe(told);
    expect(page.url()).toContain("of=rated");
    expect(await seriousFindings(page)).toEqual([]);
    await list.locator("[data-row]").first().press("Enter");
    await page.getByRole("dialog").getByText("居民评价").first().waitFor();
    await page.keyboard.press("Escape");
    await page.getByText(`已评价：${told} 件`).waitFor();
    expect(faults).toEqual([]);
  });

  it("lines add up to the whole, are sorted by a head, and the address holds what was chosen", async () => {
    const { page, faults } = await desk("何芳");
    await page.goto(`${world.base}/console/satisfaction?by=cadre`);
    const table = page.getByRole("region", { name: "按干部分列的数字" });
    await table.getByRole("row", { name: /林晓慧/ }).waitFor();
    const opened = async () =>
      (await table.locator("tbody tr td:nth-child(2)").allInnerTexts()).filter(Boolean).map(Number);
    const whole = Number(
      await page
        .getByRole("link", { name: /^提交 \d+ 件/ })
        .first()
        .innerText(),
    );
    expect((await opened()).reduce((sum, n) => sum + n, 0)).toBe(whole);
    await table.getByRole("columnheader", { name: "提交" }).press("Enter");
    expect(await opened()).toEqual((await opened()).toSorted((a, b) => a - b));
    await page.getByText("上月", { exact: true }).click();
    await expect.poll(() => page.url()).toContain("by=cadre&from=");
    await page.reload();
    await table.waitFor();
    expect(faults).toEqual([]);
  });

  it("a supervisor has the communities side by side", async () => {
    const { page, faults } = await desk("孟宁");
    await page.goto(`${world.base}/console/satisfaction`);
    const table = page.getByRole("region", { name: "按社区分列的数字" });
    await table.getByRole("row", { name: /西子湾/ }).waitFor();
    await table.getByRole("row", { name: /康城/ }).getByRole("link", { name: /^提交/ }).press("Enter");
    await expect.poll(() => page.url()).toContain("communityId=kangcheng");
    await page.getByText(/^提交：\d+ 件/).waitFor();
    expect(await page.locator("body").innerText()).not.toMatch(/1[3-9]\d{9}/);
    expect(faults).toEqual([]);
  });
});
