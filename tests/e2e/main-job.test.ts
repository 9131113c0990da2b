import { expect, it } from "vitest";
import { systemClock } from "../../server/ports.ts";
import { button, openDemoWorld, textarea, words } from "../support/demo-world.ts";

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

  // The resident's page finds out by itself, and asks for a rating.
  await words(resident.page, "换了锁芯，两把新钥匙交给您了").waitFor({ timeout: 30_000 });
  await button(resident.page, /评价/).tap();
  await button(resident.page, /^解决了/).tap();
  const best = resident.page.getByRole("button", { name: "5 分，很好" }).filter({ visible: true });
  for (const row of [0, 1, 2]) await best.nth(row).tap();
  await button(resident.page, "提交评价").tap();
  await words(resident.page, "谢谢您的评价").waitFor();

  const desk = await world.desk("何芳");
  await desk.page.getByRole("link", { name: "台账" }).click();
  const row = desk.page.getByRole("row").filter({ hasText: "王**" }).filter({ hasText: /评价/ }).first();
  await row.waitFor();
  expect(await row.innerText()).toMatch(/解决/);

  for (const { faults } of [resident, cadre, desk]) expect(faults).toEqual([]);
});
