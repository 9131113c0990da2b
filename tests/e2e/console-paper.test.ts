import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { extractText, getDocumentProxy } from "unpdf";
import { describe, expect, it } from "vitest";
import { seriousFindings } from "../support/audit.ts";
import { openDemoWorld } from "../support/demo-world.ts";
import { picture, pictures, settled, untilTestEnds } from "../support/screens.ts";

const world = await openDemoWorld();
const desk = untilTestEnds(world.desk);

/** Saves the page as PDF. Returns its text, file name, number of pages and page size in mm. */
async function saved(page: Page) {
  const downloads = page.waitForEvent("download");
  await page.getByRole("button", { name: "存为 PDF" }).press("Enter");
  const download = await downloads;
  const bytes = await readFile(await download.path());
  await writeFile(join(pictures, download.suggestedFilename()), bytes);
  const pdf = await getDocumentProxy(new Uint8Array(bytes));
  const { text } = await extractText(pdf, { mergePages: true });
  const [, , width = 0, height = 0] = (await pdf.getPage(1)).view;
  const mm = (points: number): number => Math.round((points / 72) * 25.4);
  return {
    name: download.suggestedFilename(),
    // Line breaks may differ on paper.
    text: text.replace(/\s+/g, ""),
    pages: pdf.numPages,
    size: [mm(width), mm(height)],
  };
}

describe("值守证明", () => {
  it("is one step from the roster: who, when, what was done, and the seal; on screen and as a PDF", async () => {
    const { page, open, faults } = await desk("何芳");
    await open("/console/roster");
    await page.getByRole("link", { name: "值守证明" }).press("Enter");
    await page.getByText("选一位干部。").waitFor();
    await page.getByRole("combobox", { name: "干部" }).fill("林晓慧");
    await page.getByRole("combobox", { name: "干部" }).press("Enter");
    const sheet = page.getByRole("article");
    await sheet.getByText("西子湾居委会　值守证明").waitFor();
    await sheet.getByText(/逐条核对：没有改动/).waitFor();
    await picture(page, "console-duty-proof");
    expect(await seriousFindings(page)).toEqual([]);
    const numbers = await sheet.getByRole("link").allInnerTexts();
    expect(numbers.length).toBeGreaterThan(0);

    const { name, text, pages, size } = await saved(page);
    expect(name).toBe("值守证明-林晓慧-2026-03-02.pdf");
    expect(size).toEqual([210, 297]);
    expect(pages).toBeLessThanOrEqual(2);
    const told = [
      "西子湾居委会值守证明",
      "林晓慧",
      "2026-03-02（周一）",
      "实际在岗",
      "封印",
      "没有改动",
      `共${pages}页`,
    ];
    for (const part of [...told, ...numbers]) expect(text).toContain(part);
    expect(faults).toEqual([]);
  });

  it("of a day on which nothing happened says so", async () => {
    const { page, open, faults } = await desk("何芳");
    const id = (await world.api("林晓慧").then((api) => api.call("GET /api/me"))).ok.id;
    await open(`/console/duty-proof?cadreId=${id}&day=2020-01-01`);
    await page.getByText("这天的台账里没有这位干部的记录。").waitFor();
    await page.getByText("这天没有在岗记录").waitFor();
    expect(faults).toEqual([]);
  });
});

describe("月报", () => {
  it("is saved as a PDF with its tables and charts, as words and lines", async () => {
    const { page, open, faults } = await desk("何芳");
    await open("/console/report?month=2026-02");
    const sheet = page.getByRole("article");
    await sheet.locator("svg").nth(4).waitFor();
    await sheet.getByText("回访", { exact: true }).waitFor();
    await settled(page);
    const { name, text, pages, size } = await saved(page);
    expect(name).toContain("2026年2月服务月报");
    expect(size).toEqual([210, 297]);
    expect(pages).toBeGreaterThanOrEqual(2);
    expect(pages).toBeLessThanOrEqual(6);
    const told = [
      "三率",
      "解决率（居民认定）",
      "÷已评价次数",
      "办得最慢的事项",
      "回访后满意",
      "谁承担得最多？",
      "8号楼",
    ];
    for (const part of told) expect(text).toContain(part);
    // Text of a chart, not of a table.
    expect(text).toContain("周三");
    expect(faults).toEqual([]);
  });
});
