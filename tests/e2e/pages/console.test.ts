import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { overflow, seriousFindings } from "../../support/audit.ts";
import { type Screen, openDemoWorld, words } from "../../support/demo-world.ts";
import type { ConsolePageRow } from "../../support/looked-at.ts";
import { pictures, settled } from "../../support/screens.ts";
import { addressesIn } from "./addresses.ts";
import { ofEachModule } from "./app-pages.ts";

const world = await openDemoWorld();
const { apiOf, first, coHandled, idOf } = await addressesIn(world);
const clerk = await world.desk("何芳");
afterAll(() => clerk.page.context().close());

describe("the console's pages", () => {
  async function expectWhole({ page, faults, open }: Screen, name: string, address: string, says: string | RegExp) {
    await open(address);
    await words(page, says).waitFor();
    await settled(page);
    await page.screenshot({ path: join(pictures, `${name}.png`) });
    const found = await seriousFindings(page);
    expect({ found, wider: await overflow(page), faults: faults.splice(0) }).toEqual({
      found: [],
      wider: 0,
      faults: [],
    });
  }
  it.each<ConsolePageRow>([
    ...ofEachModule.flatMap(({ consolePages }) => consolePages),
    ["console-today", () => "/console/", "现在谁在岗"],
    ["console-requests", () => "/console/requests", "待接单"],
    ["console-request", async () => `/console/requests/${await first("林晓慧", "handling", "handling")}`, "办事指引"],
    ["console-co-handling", async () => `/console/requests/${await coHandled()}`, /不接的原因/],
    ["console-organizations", () => "/console/organizations", /近 90 天/],
    ["console-roster", () => "/console/roster", "空档与备勤"],
    ["console-log", () => "/console/log", /先行联系/],
    ["console-satisfaction", () => "/console/satisfaction", "解决率（居民认定）"],
    ["console-handling-cycles", () => "/console/satisfaction/handling-cycles?of=rated", /^已评价：/],
    ["console-buildings", () => "/console/settings/buildings", "12 栋楼，36 个单元"],
    ["console-services", () => "/console/settings/services", "楼道灯不亮"],
    ["console-hours", () => "/console/settings/hours", "派单等候"],
    ["console-people", () => "/console/settings/people", "现在的人员"],
    ["console-exports", () => "/console/exports", "还没有导出过。"],
    ["console-audit", () => "/console/audit", "登记的号码打不通，当面核对后更正"],
    ["console-report", () => "/console/report", /服务月报/],
    ["console-duty-proof", async () => `/console/duty-proof?cadreId=${await idOf("林晓慧")}`, "封印"],
    ["console-account", () => "/console/account", "登录着的设备"],
    ["console-residents", () => "/console/residents", "待核实"],
  ])("%s", async (name, address, says) => expectWhole(clerk, name, await address(apiOf), says));

  it("console-supervision", async () => {
    const supervisor = await world.desk("孟宁");
    await expectWhole(supervisor, "console-supervision", "/console/supervision", "督办清单");
    await supervisor.page.context().close();
  });

  it("inbox", async () => {
    await clerk.open("/console/");
    await clerk.page.getByRole("button", { name: /消息$/ }).click();
    await clerk.page.getByRole("dialog").waitFor();
    await settled(clerk.page);
    await clerk.page.screenshot({ path: join(pictures, "console-inbox.png") });
    const found = await seriousFindings(clerk.page);
    expect({ found, faults: clerk.faults.splice(0) }).toEqual({ found: [], faults: [] });
  });

  it("login", async () => {
    const nobody = await world.desk(null);
    await expectWhole(nobody, "console-login", "/console/", "何芳");
    await nobody.page.context().close();
  });
});
