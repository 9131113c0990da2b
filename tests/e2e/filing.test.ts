import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { button, openDemoWorld, textarea, words } from "../support/demo-world.ts";
import { untilTestEnds } from "../support/screens.ts";

const world = await openDemoWorld();
const phone = untilTestEnds(world.phone);

/** Keeps back what matches until `arrive` is called. */
async function keepBack(page: Page, address: string | RegExp): Promise<() => void> {
  let arrive = (): void => undefined;
  const there = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  await page.route(address, async (route) => {
    await there;
    await route.continue();
  });
  return () => arrive();
}

it("the button to file stays where it is while the start page loads around it", async () => {
  const { page, faults, open } = await phone("王雨晴");
  const arrive = await keepBack(page, "**/api/communities**");
  await open("/");
  const find = button(page, /找店小二/);
  await find.waitFor();
  const before = await find.boundingBox();
  arrive();
  await words(page, /在岗至/).waitFor();
  expect(await find.boundingBox()).toEqual(before);
  expect(faults).toEqual([]);
});

it("sent while the services are still on their way, it goes out once they are there", async () => {
  const { page, faults, open } = await phone("王雨晴");
  const arrive = await keepBack(page, /\/communities$|\/services$/);
  await open("/#/pages/file/index");
  await textarea(page).fill("快递在驿站五号柜，请帮忙取一下");
  await page.locator(".page__foot").getByRole("button").first().tap();
  arrive();
  await words(page, "等干部接单").waitFor();
  expect(faults).toEqual([]);
});
