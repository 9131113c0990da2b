import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, describe, expect, it } from "vitest";
import type { Api } from "../support/api.ts";
import { audit, accessibilityTargets, seriousFindings } from "../support/audit.ts";
import { type Screen, button, openDemoWorld, words } from "../support/demo-world.ts";

/** Pictures of every page, to look at after a run; the README shows the best of them. */
const shots = join(import.meta.dirname, "../../node_modules/.cache/pages");
await mkdir(shots, { recursive: true });

const world = await openDemoWorld();
const clerk = await world.desk("何芳");
afterAll(() => clerk.page.context().close());

const apis = new Map<string, Promise<Api>>();

const apiOf = (name: string): Promise<Api> => {
  const api = apis.get(name) ?? world.api(name);
  apis.set(name, api);
  return api;
};

/** The first request of a list in that state: what a page opens. */
async function first(name: string, scope: "mine" | "handling" | "queue", status: string): Promise<string> {
  const { items } = (await (await apiOf(name)).call("GET /api/requests", { query: { scope } })).ok;
  const found = items.find((request) => request.status === status && !request.courseOnly);
  return found?.id ?? expect.fail(`no ${status} request of ${name}`);
}

/** A request that the resident of the pages follows. */
async function followed(): Promise<string> {
  const { items } = (await (await apiOf("王雨晴")).call("GET /api/requests", { query: { scope: "mine" } })).ok;
  return items.find(({ followers }) => followers.mine)?.id ?? expect.fail("she follows nothing");
}

const idOf = async (name: string): Promise<string> => (await (await apiOf(name)).call("GET /api/me")).ok.id;

/** A fresh invitation of the committee's. */
async function invitationCode(): Promise<string> {
  const office = await world.as(await officer());
  const body = { role: "cadre" as const, name: "方圆", title: "社区干事", positions: ["民政", "养老"] };
  const made = await office.call("POST /api/communities/:id/invitations", { params: { id: "xiziwan" }, body });
  return made.ok.code ?? "";
}

async function officer() {
  const [id = ""] = await world.deps.store.users.holders("committee", "xiziwan");
  return world.deps.store.users.find(id);
}

/** A task of 安居物业 in that state. */
async function task(scope: "asked" | "accepted"): Promise<string> {
  const { items } = (await (await apiOf("石磊")).call("GET /api/co-tasks", { query: { scope } })).ok;
  return items[0]?.id ?? expect.fail(`no ${scope} task`);
}

/** The request that several organizations have a part in. */
async function coHandled(): Promise<string> {
  const { items } = (await (await apiOf("林晓慧")).call("GET /api/co-tasks", { query: { scope: "accepted" } })).ok;
  return items[0]?.requestId ?? expect.fail("nobody is at anything");
}

/** The request that a colleague has left to 林晓慧 with a note. */
async function handedOver(): Promise<string> {
  const { items } = (await (await apiOf("林晓慧")).call("GET /api/requests", { query: { scope: "handling" } })).ok;
  return items.find(({ handover }) => handover !== null)?.id ?? expect.fail("nothing was handed over");
}

/** With a login elsewhere to end. */
async function devices(): Promise<string> {
  await apiOf("王雨晴");
  return "/#/subpackages/me/devices/index";
}

/** A pasted link and a name without a gap: what lists and pages have to break for themselves. */
const unbroken = await (
  await apiOf("王雨晴")
).call("POST /api/requests", {
  body: {
    communityId: "xiziwan",
    serviceCode: "parcel",
    description: "https://m.example.com/pickup/8f3a6c2e91b74d05a1c8e4f7b2d9?station=xiziwan&code=8-2-1007 请取这个",
    contact: { name: "AbdulrahmanAlqahtani", phone: "13800010001" },
  },
});

/** How far the page is wider than its window, px. Taro's pages scroll in themselves. */
const overflow = (page: Page): Promise<number> =>
  page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll(".taro_page")].reduce(
      (most, { scrollWidth, clientWidth }) => Math.max(most, scrollWidth - clientWidth),
      0,
    ),
  );

type Row = [
  name: string,
  who: "resident" | "stranger" | "cadre" | "partner",
  address: () => string | Promise<string>,
  says: string | RegExp,
  /** A tap that opens more of it: a sheet. */
  tap?: string | RegExp,
];

/**
 * Every page of the mini-program, and what it has in sheets. A page of one's own goes here: the last test misses it
 * otherwise.
 */
const pages: Row[] = [
  ["home-guest", "stranger", () => "/", "找店小二"],
  ["login", "stranger", () => "/#/pages/login/index", "王雨晴"],
  ["home", "resident", () => "/", "王雨晴"],
  ["file", "resident", () => "/#/pages/file/index", "需要帮什么忙？"],
  ["requests", "resident", () => "/#/pages/requests/index", /^等干部接单/],
  ["me", "resident", () => "/#/pages/me/index", "我的登记"],
  ["inbox", "resident", () => "/#/subpackages/resident/inbox/index", /与您联系/],
  ["register", "resident", () => "/#/subpackages/resident/register/index", "请登记一次，以后不用再填"],
  ["request-queued", "resident", async () => `/#/pages/request/index?id=${await first("王雨晴", "mine", "queued")}`, "等干部接单"],
  ["request-handling", "resident", async () => `/#/pages/request/index?id=${await first("王雨晴", "mine", "handling")}`, "办理中"],
  ["request-resolved", "resident", async () => `/#/pages/request/index?id=${await first("王雨晴", "mine", "resolved")}`, "解决了没有，请您说了算"],
  ["request-unbroken", "resident", () => `/#/pages/request/index?id=${unbroken.ok.id}`, /m\.example\.com/],
  ["withdraw", "resident", async () => `/#/subpackages/resident/step/index?action=withdraw&id=${await first("王雨晴", "mine", "queued")}`, "为什么撤回"],
  ["rate", "resident", async () => `/#/subpackages/resident/rate/index?id=${await first("王雨晴", "mine", "resolved")}`, "来得快不快"],
  ["near-none", "resident", () => "/#/subpackages/resident/near/index", "没有要看的"],
  ["follow", "resident", async () => `/#/subpackages/resident/follow/index?id=${await followed()}`, "邻居提交的同一件事。您看得到进度，看不到是谁提交的、写了什么"],
  ["queue", "cadre", () => "/#/subpackages/cadre/queue/index", "接下一单"],
  ["handling", "cadre", () => "/#/subpackages/cadre/handling/index", "办理中"],
  ["transfer", "cadre", async () => `/#/subpackages/cadre/transfer/index?id=${await first("林晓慧", "handling", "handling")}`, "转给哪个社区"],
  ["card", "cadre", () => "/#/subpackages/cadre/card/index", "居民看到的就是这样"],
  ["shifts", "cadre", () => "/#/subpackages/cadre/shifts/index", "今天起两周"],
  ["shifts-swap", "cadre", () => "/#/subpackages/cadre/shifts/index", "今天起两周", "换班"],
  ["shifts-leave", "cadre", () => "/#/subpackages/cadre/shifts/index", "今天起两周", "请假"],
  ["proof", "cadre", () => "/#/subpackages/cadre/proof/index", "实际在岗"],
  ["hand-over", "cadre", () => "/#/subpackages/cadre/hand-over/index", /交班说明|没有要交的/],
  ["hand-over-one", "cadre", async () => `/#/subpackages/cadre/hand-over/index?id=${await first("林晓慧", "handling", "handling")}`, "谁接着办"],
  ["handed-over", "cadre", async () => `/#/subpackages/cadre/request/index?id=${await handedOver()}`, /的交班说明$/],
  ["cadre-file", "cadre", () => "/#/subpackages/cadre/file/index", "替来电、来访的居民提交"],
  ["cadre-queued", "cadre", async () => `/#/subpackages/cadre/request/index?id=${await first("林晓慧", "queue", "queued")}`, "这类事怎么办"],
  ["cadre-unbroken", "cadre", () => `/#/subpackages/cadre/request/index?id=${unbroken.ok.id}`, "这类事怎么办"],
  ["cadre-held", "cadre", async () => `/#/subpackages/cadre/request/index?id=${await first("林晓慧", "handling", "claimed")}`, "先行联系"],
  ["resolve", "cadre", async () => `/#/subpackages/cadre/step/index?action=resolve&id=${await first("林晓慧", "handling", "claimed")}`, "居民会看到结果和照片"],
  ["assign", "cadre", async () => `/#/subpackages/cadre/assign/index?id=${await first("林晓慧", "queue", "queued")}`, "派给谁"],
  ["cadre-co-handled", "cadre", async () => `/#/subpackages/cadre/request/index?id=${await coHandled()}`, /单位没有接/],
  ["co-handling-ask", "cadre", async () => `/#/subpackages/cadre/co-handling/index?id=${await coHandled()}`, "请哪家单位"],
  ["co-handling-change", "cadre", async () => `/#/subpackages/cadre/request/index?id=${await coHandled()}`, /单位没有接/, "撤回或改请"],
  ["partner-tasks", "partner", () => "/#/subpackages/partner/tasks/index", /等您答复/],
  ["partner-task", "partner", async () => `/#/subpackages/partner/task/index?id=${await task("accepted")}`, "请贵单位做的"],
  ["partner-task-asked", "partner", async () => `/#/subpackages/partner/task/index?id=${await task("asked")}`, "接下后，能看到门牌、联系人和照片"],
  ["partner-step", "partner", async () => `/#/subpackages/partner/step/index?action=finish&id=${await task("accepted")}`, "办成了什么样"],
  ["privacy", "stranger", () => "/#/subpackages/me/privacy/index", "谁能看到"],
  ["agreement", "stranger", () => "/#/subpackages/me/agreement/index", "请您做到"],
  ["complaint", "resident", () => "/#/subpackages/me/complaint/index", "何芳答复您"],
  ["complaint-about", "resident", () => "/#/subpackages/me/complaint/index", "何芳答复您", /^和哪件诉求有关/],
  ["complaint-guest", "stranger", () => "/#/subpackages/me/complaint/index", "登录后可以写"],
  ["about", "resident", () => "/#/subpackages/me/about/index", "打居委会电话"],
  ["data", "resident", () => "/#/subpackages/me/data/index", /居民来电说没修好/],
  ["data-made", "resident", () => "/#/subpackages/me/data/index", "带走一份", "做一份"],
  ["devices", "resident", devices, /（本机）$/],
  ["devices-question", "resident", devices, /（本机）$/, "退出其他全部设备"],
  ["closing", "resident", () => "/#/subpackages/me/closing/index", "注销后会这样"],
  ["closing-question", "resident", () => "/#/subpackages/me/closing/index", "注销后会这样", "发验证码"],
  ["invitation", "stranger", async () => `/#/subpackages/join/invitation/index?scene=${await invitationCode()}`, "西子湾居委会邀请您"],
  ["choose-service", "resident", () => "/#/pages/file/index", "需要帮什么忙？", /^事项/],
  ["choose-time", "resident", () => "/#/pages/file/index", "需要帮什么忙？", "自己定"],
  ["duty-sheet", "cadre", () => "/#/subpackages/cadre/queue/index", "接下一单", "改时间"],
]; // prettier-ignore

describe.each(["standard", "large"] as const)("the mini-program's pages, %s text", (mode) => {
  const people = { resident: "王雨晴", stranger: null, cadre: "林晓慧", partner: "石磊" };
  const phones = new Map<keyof typeof people, Promise<Screen>>();
  const phoneOf = (who: keyof typeof people): Promise<Screen> => {
    const phone = phones.get(who) ?? world.phone(people[who], { large: mode === "large" });
    phones.set(who, phone);
    return phone;
  };
  afterAll(async () => {
    for (const phone of phones.values()) await (await phone).page.context().close();
  });

  it.each(pages)("%s", async (name, who, address, says, tap) => {
    const { page, faults, open } = await phoneOf(who);
    await open(await address());
    await words(page, says).waitFor();
    await page.waitForLoadState("networkidle");
    if (tap !== undefined) await button(page, tap).tap();
    const suffix = mode === "large" ? "-large" : "";
    await page.screenshot({ path: join(shots, `${name}${suffix}.png`) });
    const found = [...(await audit(page, accessibilityTargets[mode])), ...(await seriousFindings(page))];
    const wider = await overflow(page);
    const normal = page.viewportSize() ?? { width: 390, height: 844 };
    await page.setViewportSize({ width: 320, height: 640 });
    await page.screenshot({ path: join(shots, `${name}${suffix}-320.png`) });
    const widerWhenNarrow = await overflow(page);
    await page.setViewportSize(normal);
    expect({ found, wider, widerWhenNarrow, faults: faults.splice(0) }).toEqual({
      found: [],
      wider: 0,
      widerWhenNarrow: 0,
      faults: [],
    });
  });
});

it("every page of the mini-program is looked at", async () => {
  const sources = await readdir(join(import.meta.dirname, "../../src"), { recursive: true });
  const written = sources.flatMap((file) => /^(.*\/index)\.config\.ts$/.exec(file)?.[1] ?? []);
  const opened = await Promise.all(pages.map(async ([, , address]) => address()));
  const missed = written.filter((page) => page !== "pages/home/index" && !opened.some((one) => one.includes(page)));
  expect(missed).toEqual([]);
});

describe("the console's pages", () => {
  async function expectWhole({ page, faults, open }: Screen, name: string, address: string, says: string | RegExp) {
    await open(address);
    await words(page, says).waitFor();
    await page.waitForLoadState("networkidle");
    await page.screenshot({ path: join(shots, `${name}.png`) });
    const found = await seriousFindings(page);
    expect({ found, wider: await overflow(page), faults: faults.splice(0) }).toEqual({
      found: [],
      wider: 0,
      faults: [],
    });
  }
  it.each<[name: string, address: () => string | Promise<string>, says: string | RegExp]>([
    ["console-today", () => "/console/", "现在谁在岗"],
    ["console-requests", () => "/console/requests", "待接单"],
    ["console-request", async () => `/console/requests/${await first("林晓慧", "handling", "handling")}`, "办事指引"],
    ["console-co-handling", async () => `/console/requests/${await coHandled()}`, /不接的原因/],
    ["console-organizations", () => "/console/organizations", /近 90 天/],
    ["console-roster", () => "/console/roster", "空档与备勤"],
    ["console-log", () => "/console/log", /先行联系/],
    ["console-satisfaction", () => "/console/satisfaction", "解决率（居民认定）"],
    ["console-rounds", () => "/console/satisfaction/rounds?of=rated", /^已评价：/],
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
  ])("%s", async (name, address, says) => expectWhole(clerk, name, await address(), says));

  it("console-supervision", async () => {
    const supervisor = await world.desk("孟宁");
    await expectWhole(supervisor, "console-supervision", "/console/supervision", "督办清单");
    await supervisor.page.context().close();
  });

  it("inbox", async () => {
    await clerk.open("/console/");
    await clerk.page.getByRole("button", { name: /消息$/ }).click();
    await clerk.page.getByRole("dialog").waitFor();
    await clerk.page.screenshot({ path: join(shots, "console-inbox.png") });
    const found = await seriousFindings(clerk.page);
    expect({ found, faults: clerk.faults.splice(0) }).toEqual({ found: [], faults: [] });
  });

  it("login", async () => {
    const nobody = await world.desk(null);
    await expectWhole(nobody, "console-login", "/console/", "何芳");
    await nobody.page.context().close();
  });
});
