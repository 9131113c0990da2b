import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { button, openDemoWorld, words } from "../support/demo-world.ts";

/**
 * The desktop's clock stands still, and connected phones poll once a minute, so changes that appear within this time
 * came
 * by live updates.
 */
const LIVE_TIMEOUT = { timeout: 20_000 };

const world = await openDemoWorld();

/** Opens an address with a full page load, and waits until its connection for live updates is ready. */
async function openLive(page: Page, address: string): Promise<void> {
  await page.goto("about:blank");
  const ready = new Promise<void>((resolve) => {
    page.on("websocket", (socket) => {
      socket.on("framereceived", ({ payload }) => {
        if (String(payload).includes("ready")) resolve();
      });
    });
  });
  await page.goto(world.base + address);
  await ready;
}

it("what others do shows at once on phones and desks that look at it, and the badge counts it", async () => {
  const mine = await world.api("王雨晴");
  const body = { communityId: "xiziwan", serviceCode: "parcel", description: "晚上八点后在家，请代取门口的快递" };
  const { id } = (await mine.call("POST /api/requests", { body })).ok;

  const resident = await world.phone("王雨晴");
  await openLive(resident.page, `/#/pages/request/index?id=${id}`);
  await words(resident.page, "等干部接单").waitFor();
  const clerk = await world.desk("何芳");
  await openLive(clerk.page, `/console/requests/${id}`);
  await clerk.page.getByText(body.description).first().waitFor();

  const cadre = await world.api("林晓慧");
  await cadre.call("POST /api/requests/:id/claim", { params: { id } });
  await words(resident.page, "等干部接单").waitFor({ ...LIVE_TIMEOUT, state: "hidden" });
  await clerk.page
    .getByRole("region", { name: "经办人" })
    .or(clerk.page.getByText("林晓慧"))
    .first()
    .waitFor(LIVE_TIMEOUT);

  // On a tab page the badge grows without a reload.
  await openLive(resident.page, "/#/pages/home/index");
  const tab = button(resident.page, /^我，\d+ 条未读消息$/);
  await tab.waitFor();
  const before = Number(/\d+/.exec((await tab.getAttribute("aria-label")) ?? "0")?.[0] ?? 0);
  await cadre.call("POST /api/requests/:id/message", { params: { id }, body: { text: "我现在过去" } });
  await button(resident.page, `我，${before + 1} 条未读消息`).waitFor(LIVE_TIMEOUT);
  expect([...resident.faults, ...clerk.faults]).toEqual([]);
});

it("with the connection gone the poll goes on", async () => {
  const resident = await world.phone("王雨晴");
  await resident.page.routeWebSocket(/\/api\/live/, (socket) => socket.close());
  const mine = await world.api("王雨晴");
  const body = { communityId: "xiziwan", serviceCode: "parcel", description: "请帮忙把快递放到门口的柜子里" };
  const { id } = (await mine.call("POST /api/requests", { body })).ok;
  await resident.open(`/#/pages/request/index?id=${id}`);
  await words(resident.page, "等干部接单").waitFor();
  await (await world.api("林晓慧")).call("POST /api/requests/:id/claim", { params: { id } });
  await words(resident.page, "等干部接单").waitFor({ state: "hidden", timeout: 20_000 });
  expect(await words(resident.page, /接单|联系/).isVisible()).toBe(true);
});
