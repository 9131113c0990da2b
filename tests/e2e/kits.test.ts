import { join } from "node:path";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { accessibilityTargets, audit, overflow, seriousFindings } from "../support/audit.ts";
import { button, openDemoWorld, words } from "../support/demo-world.ts";
import { pictures } from "../support/screens.ts";

/** The pages that show every component in every state. They are photographed in full and audited like other pages. */
const world = await openDemoWorld();

const HEIGHT = 900;

/** Makes the window as high as the page's content, so that a picture shows all of it. */
async function unfold(page: Page, width: number): Promise<void> {
  await page.setViewportSize({ width, height: HEIGHT });
  const hidden = await page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll(".taro_page, .page-scrolls")].reduce(
      (most, { scrollHeight, clientHeight }) => Math.max(most, scrollHeight - clientHeight),
      0,
    ),
  );
  await page.setViewportSize({ width, height: HEIGHT + hidden });
}

describe.each(["standard", "large"] as const)("the mini-program's kit, %s text", (mode) => {
  it.each([390, 320])("%i px", async (width) => {
    const { page, faults, open } = await world.phone(null, { large: mode === "large" });
    await open("/#/subpackages/kit/components/index");
    await words(page, "浮层").waitFor();
    await unfold(page, width);
    await page.screenshot({ path: join(pictures, `kit-${mode}-${width}.png`) });
    const found = [...(await audit(page, accessibilityTargets[mode])), ...(await seriousFindings(page))];
    expect({ found, wider: await overflow(page), faults }).toEqual({ found: [], wider: 0, faults: [] });
    await page.context().close();
  });

  it.each([
    ["选择面板", "选择楼栋"],
    ["隐私面板", "先跟您说清楚"],
    ["确认框", "撤回这件诉求？"],
  ])("%s", async (name, title) => {
    const { page, faults, open } = await world.phone(null, { large: mode === "large" });
    await open("/#/subpackages/kit/components/index");
    await button(page, name).tap();
    await words(page, title).waitFor();
    await page.screenshot({ path: join(pictures, `kit-${mode}-${name}.png`) });
    const found = [...(await audit(page, accessibilityTargets[mode])), ...(await seriousFindings(page))];
    expect({ found, faults }).toEqual({ found: [], faults: [] });
    await page.context().close();
  });
});

describe("the console's kit", () => {
  // At 200 % zoom a window of 1440 px has 720 CSS pixels.
  it.each([1440, 720])("%i px", async (width) => {
    const { page, faults, open } = await world.desk(null);
    await open("/console/components");
    await words(page, "协办的状态").waitFor();
    await unfold(page, width);
    await page.locator(".chart canvas, .chart svg").last().waitFor();
    await page.screenshot({ path: join(pictures, `console-kit-${width}.png`) });
    const found = await seriousFindings(page);
    expect({ found, wider: await overflow(page), faults }).toEqual({ found: [], wider: 0, faults: [] });
    await page.context().close();
  });
});
