import { describe, expect, it } from "vitest";
import { expectSilent, expectMainJobDone, expectWrongCodeTold } from "../../support/weapp-scenarios.ts";
import { openWeappWorld } from "../../support/weapp-world.ts";

const world = await openWeappWorld();
const [resident, cadre] = [await world.phone("王雨晴"), await world.phone("林晓慧")];

describe("login", () => {
  it("WeChat says who somebody is without asking; nothing is demanded of them, and a wrong code is told", async () => {
    const stranger = await world.phone(null);
    await stranger.open("/pages/me/index");
    await stranger.sees("微信用户");
    expectSilent(stranger);
    await expectWrongCodeTold(stranger);
  });

  it("a phone number makes them the person who is registered, and staff begin at their queue", async () => {
    await resident.at("pages/me/index");
    await resident.sees("王雨晴");
    await cadre.at("subpackages/cadre/queue/index");
    expectSilent(resident, cadre);
  });
});

describe("the main job", () => {
  it("goes from a resident's words to their rating", () => expectMainJobDone(resident, cadre));
});

describe("a claim", () => {
  it("lost to another cadre says who was first, and the button goes", async () => {
    const body = { communityId: "xiziwan", serviceCode: "parcel", description: "快递在驿站三号柜，今晚取" };
    const { id } = (await (await world.api("王雨晴")).call("POST /api/requests", { body })).ok;
    await cadre.open(`/subpackages/cadre/request/index?id=${id}`);
    await cadre.sees("接单");

    const other = await world.api("周建明");
    await world.putOnDuty("周建明");
    // The relay is stopped, so that the cadre's page does not learn of the other claim before the tap.
    await world.relay.stop();
    expect((await other.call("POST /api/requests/:id/claim", { params: { id } })).code).toBeNull();

    await cadre.tap("接单");
    await cadre.sees(/周建明.*接/);
    world.relay.start();
    await expect.poll(async () => (await cadre.reads()).split("\n").includes("接单")).toBe(false);
    expectSilent(cadre);
  });
});
