import { describe, expect, it } from "vitest";
import { seriousFindings } from "../support/audit.ts";
import { openDemoWorld } from "../support/demo-world.ts";
import { untilTestEnds } from "../support/screens.ts";

const world = await openDemoWorld();

const desk = untilTestEnds(world.desk);
const NUMBER = /1[3-9]\d{9}/;

describe("查看个人信息", () => {
  it("of a request: by keyboard, with a reason that stands in the log before the number stands on the page", async () => {
    const { page, faults } = await desk("何芳");
    const { items } = (await (await world.api("王雨晴")).call("GET /api/requests", { query: { scope: "mine" } })).ok;
    await page.goto(`${world.base}/console/requests/${items[0]!.id}`);
    const card = page.getByRole("region", { name: "位置与联系" });
    await card.getByRole("button", { name: /的电话$/ }).waitFor();
    expect(await card.innerText()).not.toMatch(NUMBER);
    await card.getByRole("button", { name: /的电话$/ }).press("Enter");
    const dialog = page.getByRole("dialog", { name: "查看电话" });
    await dialog.getByLabel("为什么要看").fill("看看");
    await page.keyboard.press("Control+Enter");
    await dialog.getByText("请写明理由，至少 4 个字").waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await dialog.getByLabel("为什么要看").fill("约定的时间没有人，打电话再约");
    await page.keyboard.press("Control+Enter");
    await card.getByText(NUMBER).waitFor();
    await page.screenshot({ path: "node_modules/.cache/pages/console-reveal.png" });
    expect(await seriousFindings(page)).toEqual([]);
    await card.getByRole("button", { name: "收起，不再显示" }).press("Enter");
    expect(await card.innerText()).not.toMatch(NUMBER);
    await page.goto(`${world.base}/console/log?type=personal.revealed`);
    await page.getByText("查看了居民的电话").first().waitFor();
    await page.getByText("约定的时间没有人，打电话再约").first().waitFor();
    expect(faults).toEqual([]);
  });

  it("of a resident: one at a time, the others stay masked", async () => {
    const { page, faults } = await desk("何芳");
    await page.goto(`${world.base}/console/residents?tier=confirmed`);
    await page
      .getByRole("button", { name: /^查看.*的电话$/ })
      .first()
      .click();
    await page.getByRole("dialog").getByLabel("为什么要看").fill("核对登记的号码");
    await page.getByRole("button", { name: "记下并查看" }).click();
    await page.getByRole("cell", { name: NUMBER }).waitFor();
    expect(await page.getByRole("cell", { name: NUMBER }).count()).toBe(1);
    await page.screenshot({ path: "node_modules/.cache/pages/console-reveal-resident.png" });
    expect(await seriousFindings(page)).toEqual([]);
    expect(faults).toEqual([]);
  });

  it("a refusal is said in the dialog, with what was written", async () => {
    const { page } = await desk("何芳");
    await page.route("**/api/reveals", (route) =>
      route.fulfill({
        status: 503,
        json: { error: { code: "reveal.not_recorded", message: "还没有记进台账", details: {}, requestId: "r1" } },
      }),
    );
    await page.goto(`${world.base}/console/residents?tier=confirmed`);
    await page
      .getByRole("button", { name: /^查看.*的住址$/ })
      .first()
      .click();
    await page.getByRole("dialog").getByLabel("为什么要看").fill("上门前核对住址");
    await page.getByRole("button", { name: "记下并查看" }).click();
    await page.getByRole("alert").getByText("还没有记进台账").waitFor();
    expect(await page.getByRole("dialog").getByLabel("为什么要看").inputValue()).toBe("上门前核对住址");
  });
});
