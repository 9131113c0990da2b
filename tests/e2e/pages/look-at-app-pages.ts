import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { accessibilityTargets, audit, overflow, seriousFindings } from "../../support/audit.ts";
import { type Screen, button, openDemoWorld, words } from "../../support/demo-world.ts";
import type { AppPageRow } from "../../support/looked-at.ts";
import { pictures, settled } from "../../support/screens.ts";
import { addressesIn } from "./addresses.ts";
import { appPages } from "./app-pages.ts";

const people = { resident: "王雨晴", stranger: null, cadre: "林晓慧", partner: "石磊" };

/** Each text size has a test file of its own, so that both workers have pages to look at. */
export async function lookAtAppPages(mode: "standard" | "large") {
  const world = await openDemoWorld();
  const addresses = await addressesIn(world);
  const pages: AppPageRow[] = appPages(addresses);
  describe(`the mini-program's pages, ${mode} text`, () => {
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
      await open(await address(addresses.apiOf));
      await words(page, says).waitFor();
      await settled(page);
      if (tap !== undefined) {
        await button(page, tap).tap();
        await settled(page);
      }
      const suffix = mode === "large" ? "-large" : "";
      await page.screenshot({ path: join(pictures, `${name}${suffix}.png`) });
      const found = [...(await audit(page, accessibilityTargets[mode])), ...(await seriousFindings(page))];
      const wider = await overflow(page);
      const normal = page.viewportSize() ?? { width: 390, height: 844 };
      await page.setViewportSize({ width: 320, height: 640 });
      await page.screenshot({ path: join(pictures, `${name}${suffix}-320.png`) });
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
  return { addresses, pages };
}
