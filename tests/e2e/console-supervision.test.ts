import { expect, it } from "vitest";
import { seriousFindings } from "../support/audit.ts";
import { openDemoWorld } from "../support/demo-world.ts";
import { picture, untilTestEnds } from "../support/screens.ts";

const world = await openDemoWorld();
const desk = untilTestEnds(world.desk);

it("the supervisor sees the communities side by side, and each number opens so many rows", async () => {
  const { page, open, faults } = await desk("孟宁");
  await open("/console/supervision");
  const table = page.getByRole("region", { name: "各社区现在" });
  await table.getByText("合计").waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  const row = table.getByRole("row", { name: /西子湾/ });
  const headed = async (name: string): Promise<number> => {
    const heads = await table.getByRole("columnheader").allInnerTexts();
    return heads.indexOf(name);
  };
  for (const name of ["未办结", "待接单", "超时", "督办中"]) {
    const cell = row.getByRole("cell").nth(await headed(name));
    const said = Number(await cell.innerText());
    expect(said).toBeGreaterThan(0);
    await cell.getByRole("link").press("Enter");
    await page.getByText(`共 ${said} 条`).waitFor();
    await page.goBack();
    await table.getByText("合计").waitFor();
  }
  expect(faults).toEqual([]);
});

it("a supervised request says which time it passed, and opens by keyboard without the resident", async () => {
  const { page, open, faults } = await desk("孟宁");
  await open("/console/supervision");
  const list = page.getByRole("region", { name: "督办清单" });
  const first = list.locator("a[data-row]").first();
  await list
    .getByText(/(先行联系|办结)，超 /)
    .first()
    .waitFor();
  await first.press("Enter");
  await page.getByText("时间线").first().waitFor();
  expect(page.url()).toMatch(/\/requests\/[0-9a-f]+\?attention=supervised/);
  await picture(page, "console-supervised");
  expect(faults).toEqual([]);
});

it("the page of today says to whom what is offered, and until when", async () => {
  const { page, open, faults } = await desk("何芳");
  await open("/console/");
  const card = page.getByRole("region", { name: "正在派单" });
  await card.getByText(/^派给/).first().waitFor();
  await picture(page, "console-offers");
  await card.getByRole("link").first().press("Enter");
  await page.getByText("时间线").first().waitFor();
  expect(faults).toEqual([]);
});
