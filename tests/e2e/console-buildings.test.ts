import { expect, it } from "vitest";
import { openDemoWorld } from "../support/demo-world.ts";
import { picture, untilTestEnds } from "../support/screens.ts";

const world = await openDemoWorld();
const desk = untilTestEnds(world.desk);

it("a clerk removes a building that was entered wrongly, by keyboard; one that is lived in stays, and it is said why", async () => {
  const [id = ""] = await world.deps.store.users.holders("committee", "xiziwan");
  const office = await world.as(await world.deps.store.users.find(id));
  const body = { buildings: [{ name: "99号楼", units: ["1单元"] }] };
  await office.call("POST /api/communities/:id/buildings", { params: { id: "xiziwan" }, body });
  const home = (await (await world.api("王雨晴")).call("GET /api/me")).ok.registration?.building ?? "";

  const { page, open, faults } = await desk("何芳");
  await open("/console/settings/buildings");
  const remove = async (building: string): Promise<void> => {
    await page.getByRole("button", { name: `删除${building}`, exact: true }).press("Enter");
    await page.getByRole("menuitem", { name: "删除整栋" }).click();
    await page.getByRole("dialog").getByText("以前的工单不变").waitFor();
    await page
      .getByRole("dialog")
      .getByRole("button", { name: /删\s*除/ })
      .press("Enter");
  };
  await remove("99号楼");
  await page.getByText("已删除99号楼").waitFor();
  await page.getByRole("button", { name: "删除99号楼", exact: true }).waitFor({ state: "detached" });
  expect(faults).toEqual([]);

  await remove(home);
  await page.getByText(/还有 \d+ 位居民登记在这里，不能删除/).waitFor();
  await picture(page, "console-building-inhabited");
  await page.getByRole("button", { name: `删除${home}`, exact: true }).waitFor();
});
