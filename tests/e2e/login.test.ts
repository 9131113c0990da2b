import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { button, openDemoWorld, textarea, words } from "../support/demo-world.ts";
import { untilTestEnds } from "../support/screens.ts";

const world = await openDemoWorld();

const phone = untilTestEnds(world.phone);

describe("an answer that says who one was", () => {
  /** Opens the page 我 and holds the reply of `GET /api/me` back until `release`. */
  async function asking(name: string) {
    const { page } = await phone(name);
    const held = Promise.withResolvers<void>();
    const asked = Promise.withResolvers<void>();
    await page.route(/\/api\/me$/, async (route) => {
      if (route.request().method() !== "GET") return route.continue();
      const response = await route.fetch();
      asked.resolve();
      await held.promise;
      return route.fulfill({ response });
    });
    await page.goto("about:blank");
    await page.goto(`${world.base}/#/pages/me/index`);
    await asked.promise;
    async function release(): Promise<void> {
      const arrived = page.waitForResponse((response) => response.url().endsWith("/api/me"));
      held.resolve();
      await (await arrived).finished();
      await page.evaluate(() => new Promise(requestAnimationFrame));
    }
    return { page, release };
  }
  const kept = (page: Page): Promise<string> => page.evaluate(() => localStorage.getItem("dxe.session") ?? "");

  it("does not bring back who has logged out", async () => {
    const { page, release } = await asking("王雨晴");
    await button(page, "退出登录").tap();
    await button(page, "退出").tap();
    await words(page, "已退出").waitFor();
    await release();
    expect(await kept(page)).not.toContain("王雨晴");
  });

  it("does not undo a change of role", async () => {
    const { page, release } = await asking("周建明");
    await button(page, "居民").tap();
    await words(page, "已换成居民").waitFor();
    await release();
    expect(JSON.parse(await kept(page)).data.me.actingAs.role).toBe("resident");
    expect((await (await world.api("周建明")).call("GET /api/me")).ok.actingAs.role).toBe("resident");
  });
});

describe("where a login is missing", () => {
  async function filed(description: string): Promise<string> {
    const body = { communityId: "xiziwan", serviceCode: "parcel", description };
    return (await (await world.api("王雨晴")).call("POST /api/requests", { body })).ok.id;
  }

  it("each page offers it", async () => {
    const id = await filed("快递在驿站四号柜，请帮忙取一下");
    const { page, open } = await phone(null);
    const addresses = [
      `pages/request/index?id=${id}`,
      `subpackages/resident/rate/index?id=${id}`,
      "subpackages/resident/inbox/index",
      "subpackages/cadre/queue/index",
      `subpackages/cadre/request/index?id=${id}`,
    ];
    for (const address of addresses) {
      await open(`/#/${address}`);
      await button(page, "登录").waitFor();
      expect(await page.locator(".nav__title").filter({ visible: true }).count()).toBe(1);
    }
  });

  it("one comes back to what the link was of, staff as well", async () => {
    const id = await filed("快递在驿站五号柜，请帮忙取一下");
    for (const who of ["王雨晴", "林晓慧"]) {
      const { page, open } = await phone(null);
      await open(`/#/pages/request/index?id=${id}`);
      await button(page, "登录").tap();
      await button(page, new RegExp(who)).tap();
      await words(page, "快递在驿站五号柜").waitFor();
      await button(page, who === "王雨晴" ? "撤回诉求" : "接单").waitFor();
      expect(page.url()).toContain(who === "王雨晴" ? "pages/request/index" : "cadre/request/index");
    }
  });

  it("words that are sent stay, and go out after it", async () => {
    const id = await filed("快递在驿站六号柜，请帮忙取一下");
    const { page, open } = await phone(null);
    await open(`/#/subpackages/resident/step/index?id=${id}&action=message`);
    await textarea(page).fill("钥匙在门卫处");
    await page.locator(".page__foot").filter({ visible: true }).getByRole("button").last().tap();
    await button(page, "登录").tap();
    await button(page, /王雨晴/).tap();
    await expect.poll(() => textarea(page).inputValue()).toBe("钥匙在门卫处");
  });

  it("a rating under way is kept, also when the login ends under it", async () => {
    const id = await filed("快递在驿站七号柜，请帮忙取一下");
    const api = await world.api("林晓慧");
    await api.call("POST /api/requests/:id/claim", { params: { id } });
    await api.call("POST /api/requests/:id/first-contact", { params: { id }, body: { note: "说好了" } });
    await api.call("POST /api/requests/:id/resolve", { params: { id }, body: { result: "送到了", fileIds: [] } });
    const { page, open } = await phone("王雨晴");
    await open(`/#/subpackages/resident/rate/index?id=${id}`);
    await button(page, /^解决了/).tap();
    const best = page.getByRole("button", { name: /5 分，很好$/ }).filter({ visible: true });
    for (const row of [0, 1, 2]) await best.nth(row).tap();
    await textarea(page).fill("小林送到门口，还帮忙把轮椅推了上来");
    const error = { code: "auth.session_ended", message: "登录已过期，请重新登录。", details: {}, requestId: "x" };
    await page.route(/\/api\//, (route) => route.fulfill({ status: 401, json: { error } }));
    await button(page, "提交评价").tap();
    await button(page, "登录").waitFor();
    await page.unroute(/\/api\//);
    await button(page, "登录").tap();
    await button(page, /王雨晴/).tap();
    await expect.poll(() => textarea(page).inputValue()).toContain("小林送到门口");
    await button(page, "提交评价").tap();
    await words(page, "谢谢，评价已记下").waitFor();
    const { rating } = (await (await world.api("王雨晴")).call("GET /api/requests/:id", { params: { id } })).ok;
    expect(rating).toMatchObject({ outcome: "solved", scores: { response: 5, attitude: 5, result: 5 } });
  });
});
