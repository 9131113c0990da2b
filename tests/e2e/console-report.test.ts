import { describe, expect, it } from "vitest";
import { openDemoWorld } from "../support/demo-world.ts";
import { settled, untilTestEnds } from "../support/screens.ts";

const world = await openDemoWorld();

const desk = untilTestEnds(world.desk);

/** The number of pages of a PDF and their sizes, mm. */
function sheetsOf(pdf: Buffer): { pages: number; size: string[] } {
  const text = pdf.toString("latin1");
  const boxes = [...text.matchAll(/\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)/g)];
  const mm = (points = "0"): number => Math.round((Number(points) / 72) * 25.4);
  return {
    pages: text.match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0,
    size: [...new Set(boxes.map(([, width, height]) => `${mm(width)} × ${mm(height)}`))],
  };
}

describe("月报", () => {
  it("says the month's rates, counts, slowest, places and unsolved, and prints on a few upright A4 sheets", async () => {
    const { page, faults } = await desk("何芳");
    await page.getByRole("link", { name: "满意度" }).press("Enter");
    await page.getByRole("link", { name: "月报" }).press("Enter");
    const sheet = page.getByRole("article");
    await sheet.getByText("2026年2月服务月报").waitFor();
    await sheet.locator("svg").nth(4).waitFor();
    await settled(page);
    await page.emulateMedia({ media: "print" });
    const said = await sheet.innerText();
    for (const part of [
      "解决率（居民认定）",
      "÷ 已评价次数",
      "静默关闭",
      "回访后满意",
      "办得最慢的事项",
      "8号楼",
      "没解决",
      "截至 2026-03-02",
    ]) {
      expect(said).toContain(part);
    }
    expect(await page.getByRole("navigation").isVisible()).toBe(false);
    expect(await page.getByRole("button", { name: "打印" }).isVisible()).toBe(false);
    const { pages, size } = sheetsOf(await page.pdf({ preferCSSPageSize: true, printBackground: true }));
    expect(size).toEqual(["210 × 297"]);
    expect(pages).toBeGreaterThanOrEqual(2);
    expect(pages).toBeLessThanOrEqual(4);
    expect(faults).toEqual([]);
  });

  it("never has another month's figures under its heading", async () => {
    const { page, faults } = await desk("何芳");
    await page.goto(`${world.base}/console/report?month=2026-02`);
    const sheet = page.getByRole("article");
    await sheet.getByText("2026年2月服务月报").waitFor();
    const line = Promise.withResolvers<undefined>();
    await page.route(/\/api\/figures/, async (route) => {
      await line.promise;
      await route.continue();
    });
    await page.getByRole("textbox", { name: "月份" }).click();
    await page.getByRole("cell", { name: "1月", exact: true }).click();
    await expect.poll(() => page.url()).toContain("month=2026-01");
    await sheet.waitFor({ state: "detached" });
    expect(await page.getByRole("button", { name: "打印" }).count()).toBe(0);
    line.resolve(undefined);
    await sheet.getByText("2026年1月服务月报").waitFor();
    expect(faults).toEqual([]);
  });

  it("has a supervisor's communities side by side, each leading to its own", async () => {
    const { page, faults } = await desk("孟宁");
    await page.goto(`${world.base}/console/report?month=2026-02`);
    const sheet = page.getByRole("article");
    await sheet.getByText("全部社区").waitFor();
    await sheet.getByRole("link", { name: /康城/ }).press("Enter");
    await sheet.getByRole("heading", { name: /康城.*2026年2月服务月报/ }).waitFor();
    expect(page.url()).toContain("communityId=kangcheng");
    expect(faults).toEqual([]);
  });
});
