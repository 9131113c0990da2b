import { systemClock } from "../../server/kernel/clock.ts";
import { expect, it } from "vitest";
import { button, openDemoWorld, textarea, words } from "../support/demo-world.ts";
import { rateBest } from "../support/rate.ts";

const world = await openDemoWorld({ clock: systemClock, leaseClock: systemClock });
await world.putOnDuty("林晓慧");

it("a request goes from a resident's words to a rating that the committee sees in the log", async () => {
  const said = "信箱钥匙断在锁里了，今晚在家，麻烦来看一下";
  const resident = await world.phone("王雨晴");
  await button(resident.page, /找店小二/).tap();
  await textarea(resident.page).fill(said);
  await words(resident.page, "健身与公共设施").waitFor();
  await button(resident.page, "提交").tap();
  await words(resident.page, "等干部接单").waitFor();
  await words(resident.page, said).waitFor();

  const cadre = await world.phone("林晓慧");
  await cadre.open("/#/subpackages/cadre/queue/index");
  await words(cadre.page, said).tap();
  await words(cadre.page, "这类事怎么办").waitFor();
  await button(cadre.page, "接单").tap();
  await button(cadre.page, "先行联系").waitFor();
  await button(cadre.page, "办结").tap();
  await words(cadre.page, "居民会看到结果和照片").waitFor();
  await textarea(cadre.page).fill("换了锁芯，两把新钥匙交给您了");
  await button(cadre.page, "办结").tap();
  await words(cadre.page, "换了锁芯，两把新钥匙交给您了").waitFor();

  await rateBest(resident.page, "换了锁芯，两把新钥匙交给您了");

  const desk = await world.desk("何芳");
  await desk.page.getByRole("link", { name: "台账" }).click();
  const row = desk.page.getByRole("row").filter({ hasText: "王**" }).filter({ hasText: /评价/ }).first();
  await row.waitFor();
  expect(await row.innerText()).toMatch(/解决/);

  for (const { faults } of [resident, cadre, desk]) expect(faults).toEqual([]);
});
