import { readFile } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { phoneOf } from "../../support/seeded-world.ts";
import { pickPhoto } from "../../support/weapp-camera.ts";
import type { Phone } from "../../support/weapp-phone.ts";
import { openWeappWorld, weappDir } from "../../support/weapp-world.ts";

const world = await openWeappWorld();

/** The number of elements on the page in front that match a selector. */
const count = async (phone: Phone, selector: string): Promise<number> =>
  (await (await phone.page()).$$(selector)).length;

const ASKED = "先跟您说清楚";

/** Waits until the page in front no longer contains the words. */
async function gone(phone: Phone, words: string): Promise<void> {
  await expect.poll(() => phone.reads()).not.toContain(words);
}

describe("the privacy guide", () => {
  it("refused, no photo is taken and the words stay; agreed to once, it is not asked for again", async () => {
    const said = "三楼扶手松了，照片里看得清楚";
    const phone = await world.phone("王雨晴");
    await phone.open("/pages/file/index");
    await phone.write("textarea", said);
    await pickPhoto(phone);
    await phone.sees(ASKED);
    await phone.tap("先不用");
    await gone(phone, ASKED);
    expect(await count(phone, ".photos__image")).toBe(0);
    expect(await (await (await phone.page()).$("textarea"))?.value()).toBe(said);

    await pickPhoto(phone);
    await phone.sees(ASKED);
    expect(await count(phone, ".photos__image")).toBe(0);
    await phone.tap("同意");
    await expect.poll(() => count(phone, ".photos__image")).toBe(1);
    await gone(phone, ASKED);

    await pickPhoto(phone);
    await expect.poll(() => count(phone, ".photos__image")).toBe(2);
    expect(await phone.reads()).not.toContain(ASKED);
    expect(phone.faults).toEqual([]);
  });
});

describe("the phone button", () => {
  it("makes somebody the person who is registered with the number that WeChat knows", async () => {
    const phone = await world.phone(null, { number: phoneOf("赵秀英") });
    await phone.open("/pages/login/index");
    await phone.tap("用微信里的手机号");
    await phone.sees(ASKED);
    await phone.tap("同意");
    await phone.at("pages/home/index");
    await phone.open("/pages/me/index");
    await phone.sees("赵秀英");
    expect(phone.faults).toEqual([]);
  });

  it("refused, nobody is made anybody, and the number can still be typed", async () => {
    const phone = await world.phone(null, { number: phoneOf("赵秀英") });
    await phone.open("/pages/login/index");
    await phone.tap("用微信里的手机号");
    await phone.sees(ASKED);
    await phone.tap("先不用");
    await gone(phone, ASKED);
    await phone.at("pages/login/index");
    await phone.sees("发验证码");
    await phone.open("/pages/me/index");
    await phone.sees("绑定手机号");
    expect(await phone.reads()).not.toContain("赵秀英");
    expect(phone.faults).toEqual([]);
  });
});

describe("sharing", () => {
  it("a request's page shares the way in and a picture of ours, since WeChat would draw the page otherwise", async () => {
    const phone = await world.phone("王雨晴");
    const { items } = (await (await world.api("王雨晴")).call("GET /api/requests", { query: { scope: "mine" } })).ok;
    const request = items[0] ?? expect.fail("she has no request");
    await phone.open(`/pages/request/index?id=${request.id}`);
    await phone.sees(request.description);
    const card = (await (await phone.page()).callMethod("onShareAppMessage", { from: "menu" })) as { imageUrl: string };
    expect(card).toEqual({
      title: "店小二：社区的事，晚上也有人办",
      path: "/pages/home/index",
      imageUrl: expect.stringMatching(/^\/.+\.png$/) as string,
    });
    const { width, height } = await sharp(await readFile(join(weappDir, card.imageUrl))).metadata();
    expect(width / height).toBe(5 / 4);
    expect(phone.faults).toEqual([]);
  });

  it("pages with something of somebody's and no card of their own cannot be shared", async () => {
    const phone = await world.phone("王雨晴");
    for (const path of [
      "/pages/me/index",
      "/modules/complaints/complaint/index",
      "/subpackages/resident/inbox/index",
    ]) {
      await phone.open(path);
      await expect((await phone.page()).callMethod("onShareAppMessage", { from: "menu" })).rejects.toThrow(
        "not exists",
      );
    }
  });
});

it("an address that is not there, from an old link, leads home", async () => {
  const phone = await world.phone(null, { launch: "pages/nowhere/index" });
  await phone.at("pages/home/index");
  await phone.sees("找店小二");
  expect(phone.faults).toEqual([]);
});

it("a slow network, and none, is said while it lasts, on every page", async () => {
  const phone = await world.phone("王雨晴");
  await phone.open("/pages/requests/index");
  phone.connection("weak");
  await phone.sees("网络有点慢");
  phone.connection("none");
  await phone.sees("没有网络");
  await phone.open("/pages/me/index");
  await phone.sees("没有网络");
  phone.connection("good");
  await expect.poll(() => phone.reads()).not.toMatch(/没有网络|网络有点慢/);
  expect(phone.faults).toEqual([]);
});
