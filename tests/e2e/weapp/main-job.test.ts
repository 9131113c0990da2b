import { describe, expect, it } from "vitest";
import { openWeappWorld } from "../../support/weapp-world.ts";

const world = await openWeappWorld();
const [resident, cadre] = [await world.phone("王雨晴"), await world.phone("林晓慧")];

describe("login", () => {
  it("WeChat says who somebody is without asking; nothing is demanded of them", async () => {
    const stranger = await world.phone(null);
    await stranger.open("/pages/me/index");
    await stranger.sees("微信用户");
    expect(stranger.faults).toEqual([]);
  });

  it("a phone number makes them the person who is registered, and staff begin at their queue", async () => {
    await resident.at("pages/me/index");
    await resident.sees("王雨晴");
    await cadre.at("subpackages/cadre/queue/index");
    expect([...resident.faults, ...cadre.faults]).toEqual([]);
  });
});

describe("the main job", () => {
  it("goes from a resident's words to their rating", async () => {
    const said = "信箱钥匙断在锁里了，今晚在家，麻烦来看一下";
    await resident.open("/pages/home/index");
    await resident.tap(/^找店小二/);
    await resident.at("pages/file/index");
    await resident.write("textarea", said);
    await resident.sees("健身与公共设施");
    await resident.tap("提交");
    await resident.at("pages/request/index");
    await resident.sees("等干部接单");
    await resident.sees(said);

    await cadre.open("/subpackages/cadre/queue/index");
    await cadre.tap(/信箱钥匙断在锁里了/);
    await cadre.at("subpackages/cadre/request/index");
    await cadre.tap("接单");
    await cadre.sees("先行联系");
    await cadre.tap("办结");
    await cadre.at("subpackages/cadre/step/index");
    await cadre.write("textarea", "换了锁芯，两把新钥匙交给您了");
    await cadre.tap("办结");
    await cadre.at("subpackages/cadre/request/index");
    await cadre.sees("换了锁芯，两把新钥匙交给您了");

    await resident.pullDown();
    await resident.sees("换了锁芯，两把新钥匙交给您了");
    await resident.tap("评价");
    await resident.at("pages/rate/index");
    await resident.tap("解决了");
    for (const row of [0, 1, 2]) await resident.tapAt(".rate__star", row * 5 + 4);
    await resident.tap("提交评价");
    await resident.at("pages/request/index");
    await resident.sees("谢谢您的评价");
    expect([...resident.faults, ...cadre.faults]).toEqual([]);
  });
});

describe("a claim", () => {
  it("lost to another cadre says who was first, and the button goes", async () => {
    const body = { communityId: "xiziwan", serviceCode: "parcel", description: "快递在驿站三号柜，今晚取" };
    const { id } = (await (await world.api("王雨晴")).call("POST /api/requests", { body })).ok;
    await cadre.open(`/subpackages/cadre/request/index?id=${id}`);
    await cadre.sees("接单");

    const other = await world.api("周建明");
    await other.call("POST /api/duty/start", { body: { until: new Date(Date.now() + 3_600_000).toISOString() } });
    expect((await other.call("POST /api/requests/:id/claim", { params: { id } })).code).toBeNull();

    await cadre.tap("接单");
    await cadre.sees(/周建明.*接/);
    await expect.poll(async () => (await cadre.reads()).split("\n").includes("接单")).toBe(false);
    expect(cadre.faults).toEqual([]);
  });
});
