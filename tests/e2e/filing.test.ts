import { expect, it } from "vitest";
import { openDemoWorld, textarea, words } from "../support/demo-world.ts";
import { untilTestEnds } from "../support/screens.ts";

const world = await openDemoWorld();
const phone = untilTestEnds(world.phone);

it("sent while the services are still on their way, it goes out once they are there", async () => {
  const { page, faults, open } = await phone("王雨晴");
  let arrive = (): void => undefined;
  const there = new Promise<void>((resolve) => (arrive = resolve));
  await page.route(/\/communities$|\/services$/, async (route) => {
    await there;
    await route.continue();
  });
  await open("/#/pages/file/index");
  await textarea(page).fill("快递在驿站五号柜，请帮忙取一下");
  await page.locator(".page__foot").getByRole("button").first().tap();
  arrive();
  await words(page, "等干部接单").waitFor();
  expect(faults).toEqual([]);
});
