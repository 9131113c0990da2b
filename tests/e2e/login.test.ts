import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { button, openDemoWorld, words } from "../support/demo-world.ts";
import { untilTestEnds } from "../support/screens.ts";

const world = await openDemoWorld();

const phone = untilTestEnds(world.phone);

describe("an answer that says who one was", () => {
  /** The page 我, with the server's word on who this is held back until `release`. */
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
    const { page, release } = await asking("林晓慧");
    await button(page, "居民").tap();
    await words(page, "已换成居民").waitFor();
    await release();
    expect(JSON.parse(await kept(page)).data.me.actingAs.role).toBe("resident");
    expect((await (await world.api("林晓慧")).call("GET /api/me")).ok.actingAs.role).toBe("resident");
  });
});
