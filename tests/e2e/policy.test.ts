import { describe, expect, it } from "vitest";
import { writeNextExport } from "../../server/modules/exports/writing/write-export.ts";
import { button, openDemoWorld } from "../support/demo-world.ts";
import { fileWithPhoto } from "../support/file-with-photo.ts";
import { policyViolations } from "../support/policy.ts";
import { settled, untilTestEnds } from "../support/screens.ts";

const world = await openDemoWorld();
const desk = untilTestEnds(world.desk);
const phone = untilTestEnds(world.phone);

describe("the served pages", () => {
  it.each(["/", "/console/", "/console/log", "/api/docs"])("%s has no script in it, and no handler", async (path) => {
    const page = await (await fetch(world.base + path)).text();
    const scripts = [...page.matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script>/gi)];
    expect(scripts.length).toBeGreaterThan(0);
    for (const [, attributes = "", inline] of scripts) {
      expect(attributes).toMatch(/\bsrc="\/[^/]/);
      expect(inline).toBe("");
    }
    expect(page).not.toMatch(/\son\w+\s*=|javascript:|<base\b|<iframe\b/i);
  });
});

describe("the content security policy", () => {
  it("stops what got into a page, and is told of here", async () => {
    const { page, open } = await desk(null);
    const stopped = await policyViolations(page);
    await open("/console/");
    await page.evaluate(() => {
      const script = document.createElement("script");
      script.textContent = "globalThis.gotIn = true";
      document.body.append(script);
      const picture = document.createElement("img");
      picture.setAttribute("onerror", "globalThis.gotIn = true");
      picture.src = "data:,";
      document.body.append(picture);
    });
    await expect.poll(() => stopped.length).toBeGreaterThanOrEqual(2);
    expect(await page.evaluate(() => "gotIn" in globalThis)).toBe(false);
  });

  it("stops nothing of the console's own: charts, live updates, pictures, a PDF, an export, an invitation's code", async () => {
    const { page, faults } = await desk("何芳");
    const stopped = await policyViolations(page);
    const go = async (path: string): Promise<void> => {
      await page.goto(`${world.base}/console/${path}`);
      await page.getByRole("heading", { level: 1 }).waitFor();
      await settled(page);
    };
    const told = page.waitForEvent("websocket").then((socket) => socket.waitForEvent("framereceived"));
    await go("today");
    await told;
    for (const path of ["requests", "organizations", "roster", "log", "residents", "complaints", "audit", "account"])
      await go(path);
    for (const part of ["hours", "buildings", "services", "people"]) await go(`settings/${part}`);
    await go("satisfaction");
    await page.locator("svg, canvas").first().waitFor();
    const { items } = (await (await world.api("林晓慧")).call("GET /api/requests", { query: { scope: "handling" } }))
      .ok;
    for (const { id } of items.slice(0, 3)) {
      await page.goto(`${world.base}/console/requests/${id}`);
      await page.getByText("办事指引").waitFor();
      await settled(page);
    }

    await go("report?month=2026-02");
    await page.getByRole("article").locator("svg").nth(4).waitFor();
    const pdf = page.waitForEvent("download", { timeout: 60_000 });
    await page.getByRole("button", { name: "存为 PDF" }).press("Enter");
    expect((await pdf).suggestedFilename()).toMatch(/\.pdf$/);

    await go("log");
    await page.getByRole("button", { name: "导出", exact: true }).click();
    await page.getByRole("button", { name: "开始导出" }).click();
    await page.getByRole("button", { name: "去看进度" }).click();
    await page.getByText("排队中").waitFor();
    expect(await writeNextExport(world.deps, "writer")).toBe(true);
    await page.getByRole("button", { name: "刷新" }).press("Enter");
    const sheet = page.waitForEvent("download");
    await page.getByRole("button", { name: /^下载台账/ }).press("Enter");
    expect((await sheet).suggestedFilename()).toMatch(/\.xlsx$/);
    expect({ stopped, faults }).toEqual({ stopped: [], faults: [] });
  });

  it("stops nothing of the phone's pages in a browser: a photo that is sent, live updates, a file to take along", async () => {
    const { page, faults, open } = await phone("王雨晴");
    const stopped = await policyViolations(page);
    for (const path of ["home", "requests", "me"]) {
      await open(`/#/pages/${path}/index`);
      await settled(page);
    }
    for (const path of ["resident/inbox", "me/about", "me/devices", "resident/register", "resident/near"]) {
      await open(`/#/subpackages/${path}/index`);
      await settled(page);
    }
    await open("/#/subpackages/me/data/index");
    await button(page, "做一份").tap();
    const copy = page.waitForEvent("download");
    await button(page, /^网页版/).tap();
    await copy;

    const told = page.waitForEvent("websocket").then((socket) => socket.waitForEvent("framereceived"));
    await open("/#/pages/file/index");
    await told;
    await fileWithPhoto(page);
    expect({ stopped, faults }).toEqual({ stopped: [], faults: [] });
  });

  it("stops nothing of the documentation", async () => {
    const { page, faults, open } = await desk(null);
    const stopped = await policyViolations(page);
    await open("/api/docs");
    await page.getByText("以微信登录").first().waitFor();
    await settled(page);
    expect({ stopped, faults }).toEqual({ stopped: [], faults: [] });
  });
});
