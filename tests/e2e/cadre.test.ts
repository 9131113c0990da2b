import { describe, expect, it } from "vitest";
import { button, openDemoWorld, textarea, words } from "../support/demo-world.ts";
import { untilTestEnds } from "../support/screens.ts";

const world = await openDemoWorld();
const queue = "/#/subpackages/cadre/queue/index";

const phone = untilTestEnds(world.phone);

/** Files a request with a description that no other test uses. Returns its id. */
async function filed(description: string): Promise<string> {
  const body = { communityId: "xiziwan", serviceCode: "parcel", description };
  return (await (await world.api("王雨晴")).call("POST /api/requests", { body })).ok.id;
}
const asCadre = (id: string): string => `/#/subpackages/cadre/request/index?id=${id}`;

describe("a claim", () => {
  it("that is lost says who was first", async () => {
    const id = await filed("快递在驿站三号柜，今晚取");
    const slow = await phone("林晓慧");
    await slow.open(asCadre(id));
    await button(slow.page, "接单").waitFor();
    const other = await world.api("周建明");
    await other.call("POST /api/duty/start", { body: { until: "2026-03-02T23:30:00+08:00" } });
    // The relay is stopped, so that the cadre's page does not learn of the other claim before the tap.
    await world.relay.stop();
    expect((await other.call("POST /api/requests/:id/claim", { params: { id } })).code).toBeNull();

    await button(slow.page, "接单").tap();
    await words(slow.page, /周建明.*接/).waitFor();
    world.relay.start();
    await button(slow.page, "接单").waitFor({ state: "hidden" });
  });

  it("of the next one takes the first in the queue", async () => {
    const { page, faults, open } = await phone("林晓慧");
    await open(queue);
    await button(page, "接下一单").tap();
    await button(page, "先行联系").waitFor();
    expect(faults).toEqual([]);
  });
});

describe("a question to the resident", () => {
  it("stops the clock until the answer comes", async () => {
    const id = await filed("蓝色箱子，麻烦搬到门口");
    const api = await world.api("林晓慧");
    await api.call("POST /api/requests/:id/claim", { params: { id } });
    const cadre = await phone("林晓慧");
    await cadre.open(asCadre(id));
    await button(cadre.page, "请居民补充").tap();
    await textarea(cadre.page).fill("取件码是多少？");
    await button(cadre.page, "发给居民").tap();
    await words(cadre.page, "等居民答复，时限停着").waitFor();

    const resident = await phone("王雨晴");
    await resident.open(`/#/pages/request/index?id=${id}`);
    await words(resident.page, "取件码是多少？").waitFor();
    await button(resident.page, "答复").tap();
    await textarea(resident.page).fill("8-2-1007");
    await button(resident.page, "答复").tap();
    await words(resident.page, /林晓慧在办/).waitFor();

    // The cadre's page is updated by itself.
    await words(cadre.page, "8-2-1007").waitFor({ timeout: 20_000 });
    await button(cadre.page, "办结").waitFor();
    for (const { faults } of [cadre, resident]) expect(faults).toEqual([]);
  });
});

describe("a common phrase", () => {
  it("goes behind what was written, also when a shift is handed over", async () => {
    const id = await filed("快递在驿站五号柜，轮椅也在那里");
    const api = await world.api("林晓慧");
    await api.call("POST /api/requests/:id/claim", { params: { id } });
    await api.call("POST /api/requests/:id/first-contact", { params: { id }, body: { note: "说好了" } });
    const { page, open } = await phone("林晓慧");
    for (const [address, phrase] of [
      [`hand-over/index?id=${id}`, "配件已订，到货就装"],
      [`step/index?action=note&id=${id}`, "已到现场查看，等物业派工"],
    ] as const) {
      await open(`/#/subpackages/cadre/${address}`);
      await textarea(page).fill("女儿的电话在门卫处。");
      await button(page, phrase).tap();
      await expect.poll(() => textarea(page).inputValue()).toBe(`女儿的电话在门卫处。\n${phrase}`);
    }
  });
});

describe("duty", () => {
  it("ended, the cadre is no longer shown and cannot claim; begun again, is and can", async () => {
    const resident = await phone("王雨晴");
    await resident.open("/");
    await words(resident.page, "沈佳怡").waitFor();

    const api = await world.api("周建明");
    for (const { id } of (await api.call("GET /api/duty/handover", {})).ok.requests) {
      const body = { note: "和居民约好，上班接着办", cadreId: null };
      await api.call("POST /api/requests/:id/hand-over", { params: { id }, body });
    }
    const { page, faults, open } = await phone("周建明");
    await open(queue);
    await button(page, "下岗").tap();
    await page.getByRole("alertdialog").getByRole("button", { name: "下岗" }).tap();
    await words(page, "没有上岗").waitFor();
    expect(await button(page, "接下一单").count()).toBe(0);

    await button(page, "上岗").tap();
    await words(page, "上岗到几点").waitFor();
    await button(page, /^到 /).tap();
    await button(page, "上岗").tap();
    await words(page, /^在岗至/).waitFor();
    await button(page, "接下一单").waitFor();
    await resident.open("/");
    await words(resident.page, /看全部 4 位/).waitFor();
    expect(faults).toEqual([]);
  });
});

describe("a resident's link that a cadre opens", () => {
  it("leads to the cadre's page, where a claim claims", async () => {
    const id = await filed("快递在驿站六号柜，请帮忙取一下");
    const { page, faults, open } = await phone("林晓慧");
    await open(`/#/pages/request/index?id=${id}`);
    await page.waitForURL(/cadre\/request\/index/);
    await button(page, "接单").tap();
    await button(page, "先行联系").waitFor();
    const { status } = (await (await world.api("林晓慧")).call("GET /api/requests/:id", { params: { id } })).ok;
    expect(status).toBe("claimed");
    expect(faults).toEqual([]);
  });

  it("to a step that takes no words shows no form that would send nothing", async () => {
    const id = await filed("快递在驿站七号柜，请帮忙取一下");
    const { page, open } = await phone("林晓慧");
    for (const action of ["hand-over", "claim", "toString"]) {
      await open(`/#/subpackages/cadre/step/index?id=${id}&action=${action}`);
      await words(page, "没有找到这一页，已回到首页").waitFor();
      expect(await textarea(page).count()).toBe(0);
    }
  });
});
