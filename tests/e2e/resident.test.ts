import { describe, expect, it } from "vitest";
import { audit, accessibilityTargets } from "../support/audit.ts";
import { type Screen, button, input, openDemoWorld, textarea, words } from "../support/demo-world.ts";
import { untilTestEnds } from "../support/screens.ts";
import { fileWithPhoto } from "../support/file-with-photo.ts";
import { phonePhoto } from "../support/photos.ts";

const world = await openDemoWorld();

const phone = untilTestEnds(world.phone);
const file = "/#/pages/file/index";

/**
 * Runs in the page: finds fields whose middle is covered by another element while they have the focus. `shown` is the
 * number of visible fields.
 */
function coveredFields(): { shown: number; covered: string[] } {
  const fields = [...document.querySelectorAll<HTMLElement>("textarea, input:not([type=file])")];
  const shown = fields.filter((field) => field.checkVisibility() && field.getBoundingClientRect().width > 0);
  const isOnTop = (element: HTMLElement): boolean => {
    element.focus();
    const { left, top, width, height } = element.getBoundingClientRect();
    const seen = document.elementFromPoint(left + width / 2, top + height / 2);
    return seen !== null && (seen === element || element.contains(seen) || seen.contains(element));
  };
  return { shown: shown.length, covered: shown.filter((field) => !isOnTop(field)).map((field) => field.outerHTML) };
}

describe("filing", () => {
  it("somebody new is asked for name and home once, and loses not a word by it", async () => {
    const { page, faults, open } = await phone(null);
    await open("/");
    await button(page, /找店小二/).tap();
    await textarea(page).fill("楼道灯不亮，老人下楼不方便");
    await button(page, "提交").tap();

    await words(page, "用手机号登录").waitFor();
    await input(page, "11 位手机号").fill("13800019999");
    await button(page, "发验证码").tap();
    const shown = await words(page, /验证码是 \d{6}/).innerText();
    await input(page, "6 位数字").fill(/\d{6}/.exec(shown)![0]);
    await button(page, "登录").tap();

    await words(page, "请登记一次，以后不用再填").waitFor();
    await input(page, "真实姓名").fill("程新来");
    await button(page, /^社区/).tap();
    await words(page, "西子湾居委会").tap();
    await button(page, /^楼栋/).tap();
    await words(page, "3号楼").tap();
    await button(page, /^单元/).tap();
    await words(page, "1单元").tap();
    await input(page, "如 602").fill("501");
    await button(page, "登记并继续").tap();

    // Filing continues without another tap.
    await words(page, "等干部接单").waitFor();
    expect(faults).toEqual([]);
  });

  it("words that may not be said are refused beside the button, and stay to be changed", async () => {
    const { page, open } = await phone("王雨晴");
    await open(file);
    await textarea(page).fill("楼上装修噪声大，墙上还贴着代开发票，麻烦看一下");
    await button(page, "提交").tap();
    await page
      .locator(".page__foot")
      .getByText(/请修改后再试/)
      .waitFor();
    expect(await textarea(page).inputValue()).toContain("麻烦看一下");
    await textarea(page).fill("楼上装修噪声大，墙上还贴着小广告，麻烦看一下");
    await button(page, "提交").tap();
    await words(page, "等干部接单").waitFor();
  });

  it("nothing fixed lies over the field that one writes in", async () => {
    const { page, open } = await phone("王雨晴");
    await page.setViewportSize({ width: 320, height: 400 });
    await open(file);
    await button(page, "换人").tap();
    await input(page, "11 位手机号").waitFor();
    expect(await page.evaluate(coveredFields)).toEqual({ shown: 3, covered: [] });
  });

  it("a draft outlives the page, and is gone when it was filed", async () => {
    const { page, faults, open } = await phone("王雨晴");
    await open(file);
    await textarea(page).fill("电梯按钮坏了，一直停在三楼");
    await page.reload();
    await expect.poll(() => textarea(page).inputValue()).toBe("电梯按钮坏了，一直停在三楼");
    await button(page, "提交").tap();
    await words(page, "等干部接单").waitFor();
    await open(file);
    await page.reload();
    await textarea(page).waitFor();
    expect(await textarea(page).inputValue()).toBe("");
    expect(faults).toEqual([]);
  });

  it("photos go with it, and are shown on the request's page", async () => {
    const { page, faults, open } = await phone("王雨晴");
    await open(file);
    await fileWithPhoto(page);
    expect(faults).toEqual([]);
  });

  it("a photo that had not arrived before a reload is picked again with one tap", async () => {
    const { page, open } = await phone("王雨晴");
    await open(file);
    await textarea(page).fill("快递在驿站三号柜，单号看照片");
    await page.route(/\/api\/uploads$/, (route) => route.abort());
    const photo = { name: "a.jpg", mimeType: "image/jpeg", buffer: await phonePhoto() };
    const first = page.waitForEvent("filechooser");
    await button(page, /加照片/).tap();
    await (await first).setFiles(photo);
    await words(page, /没连上网络/).waitFor();
    await page.unroute(/\/api\/uploads$/);
    await page.reload();
    const second = page.waitForEvent("filechooser");
    await button(page, "这张照片要重新选").tap();
    await (await second).setFiles(photo);
    await words(page, "这张照片要重新选").waitFor({ state: "hidden" });
    await words(page, /等着上传|已传|就要好了/).waitFor({ state: "hidden" });
    const sent = page.waitForRequest(
      (request) => request.method() === "POST" && request.url().endsWith("/api/requests"),
    );
    await button(page, "提交").tap();
    expect((await sent).postDataJSON().fileIds).toHaveLength(1);
    await words(page, "等干部接单").waitFor();
  });

  it("nothing filled in is said beside the field, and nothing is sent", async () => {
    const { page, open } = await phone("王雨晴");
    await open(file);
    const before = await openOf("王雨晴");
    await button(page, "提交").tap();
    await words(page, "请写一下需要帮什么忙").waitFor();
    expect(await openOf("王雨晴")).toBe(before);
  });

  it("without a network the words are kept, and go out once it is back", async () => {
    const { page, open } = await phone("王雨晴");
    await open(file);
    await textarea(page).fill("路灯坏了，晚上看不清台阶");
    await words(page, "楼道灯不亮").waitFor();
    const before = await openOf("王雨晴");
    await page.context().setOffline(true);
    await button(page, "提交").tap();
    await words(page, /没连上网络/).waitFor();
    await page.context().setOffline(false);
    await button(page, "提交").tap();
    await words(page, "等干部接单").waitFor();
    expect(await openOf("王雨晴")).toBe(before + 1);
  });

  it("after a lost reply and more words, a question that is left unanswered leaves the words", async () => {
    const { page, open } = await phone("王雨晴");
    await open(file);
    await textarea(page).fill("快递在驿站三号柜，麻烦送上门");
    await words(page, "代取快递").waitFor();
    const before = await openOf("王雨晴");
    const filing = /\/api\/requests$/;
    await page.route(filing, async (route) => {
      if (route.request().method() !== "POST") return route.continue();
      await route.fetch();
      await route.abort();
    });
    await button(page, "提交").tap();
    await words(page, /没连上网络/).waitFor();
    await page.unroute(filing);
    await textarea(page).fill("快递在驿站三号柜，麻烦送上门；钥匙在门卫");
    await button(page, "提交").tap();
    const question = page.getByRole("alertdialog", { name: "刚才那份已经收到了" });
    await question.waitFor();
    await page.touchscreen.tap(10, 200);
    await question.waitFor({ state: "detached" });
    expect(await textarea(page).inputValue()).toContain("钥匙在门卫");
    await button(page, "提交").tap();
    await question.getByRole("button", { name: "另提一份" }).tap();
    await words(page, "等干部接单").waitFor();
    expect(await openOf("王雨晴")).toBe(before + 2);
  });
});

/** The number of a person's open requests. */
async function openOf(name: string): Promise<number> {
  const api = await world.api(name);
  return (await api.call("GET /api/requests", { query: { scope: "mine", open: "true", limit: 100 } })).ok.items.length;
}

describe("my request", () => {
  /** Opens one of the resident's requests in the given state. */
  async function opened(status: string): Promise<Screen> {
    const items = (await (await world.api("王雨晴")).call("GET /api/requests", { query: { scope: "mine" } })).ok.items;
    const { id } = items.find((request) => request.status === status) ?? expect.fail(`no ${status} request`);
    const screen = await phone("王雨晴");
    await screen.open(`/#/pages/request/index?id=${id}`);
    return screen;
  }

  it("can be withdrawn, with a reason in one tap", async () => {
    const { page, faults } = await opened("queued");
    await button(page, "撤回诉求").tap();
    await button(page, "已经解决了").tap();
    await button(page, "撤回").tap();
    await page.getByRole("alertdialog").getByRole("button", { name: "撤回" }).tap();
    await words(page, "已按您的意思撤回").waitFor();
    expect(faults).toEqual([]);
  });

  it("not solved, is done again by somebody", async () => {
    const { page, faults } = await opened("resolved");
    await button(page, "评价").tap();
    await button(page, "讲得清楚").tap();
    await button(page, /^没解决/).tap();
    await button(page, "等太久").tap();
    for (const what of ["来得快不快", "态度好不好", "办得怎么样"]) await button(page, `${what} 2 分，差`).tap();
    const sent = page.waitForRequest(/\/rate$/);
    await button(page, "提交评价").tap();
    // The tag that was picked for the other outcome is no longer shown and was not sent.
    expect((await sent).postDataJSON().tags).toEqual(["等太久"]);
    await words(page, "上次没解决，正在重新安排干部").waitFor();
    expect(faults).toEqual([]);
  });
});

describe("me", () => {
  it("large text is larger everywhere, and stays", async () => {
    const { page, faults, open } = await phone("赵秀英");
    await open("/#/pages/me/index");
    const size = () =>
      words(page, "我的登记").evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize));
    const before = await size();
    await page.getByRole("switch", { name: /^大字/ }).tap();
    await expect.poll(size).toBeGreaterThan(before);
    await page.reload();
    await expect.poll(size).toBeGreaterThan(before);
    expect(faults).toEqual([]);
  });

  it("somebody new is asked once whether the words are large enough", async () => {
    const { page, faults, open } = await phone(null);
    await open("/");
    await words(page, "字够大吗？").waitFor();
    expect(await audit(page, accessibilityTargets.standard)).toEqual([]);
    await button(page, "换成大字").tap();
    await words(page, "字够大吗？").waitFor({ state: "hidden" });
    await words(page, "现在在岗").waitFor();
    await expect.poll(() => audit(page, accessibilityTargets.large)).toEqual([]);
    await page.reload();
    await words(page, "现在在岗").waitFor();
    expect(await words(page, "字够大吗？").count()).toBe(0);
    expect(faults).toEqual([]);
  });

  it("an account is closed after proof and one last question, and nobody is logged in then", async () => {
    const { page, faults, open } = await phone(null);
    await open("/#/pages/login/index");
    await input(page, "11 位手机号").fill("13800018888");
    await button(page, "发验证码").tap();
    await words(page, /验证码是 \d{6}/).waitFor();
    await button(page, "登录").tap();
    await page.waitForURL((url) => !url.hash.includes("login"));
    await open("/#/pages/me/index");
    await button(page, "注销账号").tap();
    await button(page, "发验证码").tap();
    await words(page, /验证码是 \d{6}/).waitFor();
    await button(page, "注销账号").tap();
    await page.getByRole("alertdialog").getByRole("button", { name: "确定" }).tap();
    await words(page, "账号已注销，资料已抹去").waitFor();
    await words(page, "登录后看我的诉求").waitFor();
    expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain("accessToken");
    expect(faults).toEqual([]);
  });

  it("an address that is not there leads home, with a sentence", async () => {
    const { page, open } = await phone(null);
    await open("/#/pages/nowhere/index");
    await words(page, "没有找到这一页，已回到首页").waitFor();
    await words(page, "现在在岗").waitFor();
    expect(page.url()).not.toContain("nowhere");
  });

  it("logging out leaves nothing of me on the phone", async () => {
    const { page, open } = await phone("王雨晴");
    await open("/#/pages/me/index");
    await button(page, "退出登录").tap();
    await page.getByText("退出", { exact: true }).tap();
    await page.getByText("登录后").filter({ visible: true }).first().waitFor();
    const kept = await page.evaluate(() => JSON.stringify(localStorage));
    expect(kept).not.toMatch(/accessToken|王雨晴/);
  });
});
