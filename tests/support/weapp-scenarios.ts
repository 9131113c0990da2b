import { expect } from "vitest";
import { addPhoto } from "./weapp-camera.ts";
import type { Phone } from "./weapp-phone.ts";
import type { WeappWorld } from "./weapp-world.ts";

/** Expects that the phones have recorded no errors. */
export function expectSilent(...phones: Phone[]): void {
  expect(phones.flatMap(({ faults }) => faults)).toEqual([]);
}

/** From the start page to a queued request. `said` must be about a shared facility. */
export async function fileFromHome(resident: Phone, said: string): Promise<void> {
  await resident.open("/pages/home/index");
  await resident.tap(/^找店小二/);
  await resident.at("pages/file/index");
  await resident.write("textarea", said);
  await resident.sees("健身与公共设施");
  await resident.tap("提交");
  await resident.at("pages/request/index");
  await resident.sees("等干部接单");
}

/** From the request's page on the cadre's phone to the resident's rating, with the resident's page in front. */
export async function resolveAndRate(cadre: Phone, resident: Phone): Promise<void> {
  await cadre.tap("办结");
  await cadre.at("subpackages/cadre/step/index");
  await cadre.write("textarea", "换了锁芯，两把新钥匙交给您了");
  await cadre.tap("办结");
  await cadre.at("subpackages/cadre/request/index");
  await cadre.sees("换了锁芯，两把新钥匙交给您了");

  await resident.pullDown();
  await resident.sees("换了锁芯，两把新钥匙交给您了");
  await resident.tap("评价");
  await resident.at("subpackages/resident/rate/index");
  await resident.tap("解决了");
  for (const row of [0, 1, 2]) await resident.tapAt(".rate__star", row * 5 + 4);
  await resident.tap("提交评价");
  await resident.at("pages/request/index");
  await resident.sees("谢谢您的评价");
}

/** The whole main job, from the resident's description to the rating. */
export async function expectMainJobDone(resident: Phone, cadre: Phone): Promise<void> {
  const said = "信箱钥匙断在锁里了，今晚在家，麻烦来看一下";
  await fileFromHome(resident, said);
  await resident.sees(said);

  await cadre.open("/subpackages/cadre/queue/index");
  await cadre.tap(/信箱钥匙断在锁里了/);
  await cadre.at("subpackages/cadre/request/index");
  await cadre.tap("接单");
  await cadre.sees("先行联系");
  await resolveAndRate(cadre, resident);
  expectSilent(resident, cadre);
}

/** Expects that a refused login shows its reason beside the tapped button. */
export async function expectWrongCodeTold(phone: Phone): Promise<void> {
  await phone.open("/pages/login/index");
  await phone.write("11 位手机号", "13900001234");
  await phone.write("6 位数字", "000000");
  await phone.tap("绑定");
  await phone.sees(/验证码.*(不对|重新)/);
}

/**
 * Files with a photo over a connection that breaks twice. Expects that the input is kept, and that exactly one request
 * with one photo is filed.
 */
export async function expectFiledOnce(world: WeappWorld, phone: Phone, said: string): Promise<void> {
  await phone.open("/pages/file/index");
  await phone.write("textarea", said);
  await loseAnswers(phone, "uploadFile", "/api/uploads");
  await addPhoto(phone);
  await phone.sees("没传上，点一下重传");
  await phone.app.restoreWxMethod("uploadFile");
  await phone.tap("没传上，点一下重传");
  await expect.poll(async () => (await (await phone.page()).$$(".photos__cover")).length, { timeout: 10_000 }).toBe(0);

  await loseAnswers(phone, "request", "/api/requests");
  await phone.tap("提交");
  await phone.sees(/没连上网络/);

  // The resident leaves the page and returns later.
  await phone.open("/pages/home/index");
  await phone.sees(/接着写/);
  await phone.app.restoreWxMethod("request");
  await phone.tap(/^找店小二/);
  await phone.at("pages/file/index");
  await expect.poll(async () => (await (await phone.page()).$("textarea"))?.value()).toBe(said);
  await phone.tap("提交");
  await phone.at("pages/request/index");
  await phone.sees("等干部接单");

  expect(await photosOf(world, said)).toEqual([1]);
  expectSilent(phone);
}

/** The number of photos of each of the resident's requests with this description. */
async function photosOf(world: WeappWorld, description: string): Promise<number[]> {
  const { call } = await world.api("王雨晴");
  const { items } = (await call("GET /api/requests", { query: { scope: "mine", limit: 100 } })).ok;
  const mine = items.filter((request) => request.description === description);
  const details = mine.map(({ id }) => call("GET /api/requests/:id", { params: { id } }));
  return (await Promise.all(details)).map((detail) => detail.ok.files.length);
}

interface Exchange {
  url: string;
  method?: string;
}

/** Loses the replies of calls to that path: the server has done the step, but the phone gets no reply. */
const loseAnswers = (phone: Phone, method: "request" | "uploadFile", path: string): Promise<void> =>
  phone.app.mockWxMethod(
    method,
    // Runs in the mini-program; `origin` is the original function.
    function lose(this: { origin(options: object): void }, options: Exchange, lost: string) {
      return new Promise((resolve, reject) => {
        const dropped = options.url.endsWith(lost) && options.method !== "GET";
        // oxlint-disable-next-line prefer-promise-reject-errors -- as WeChat fails
        const success = (reply: object): void => (dropped ? reject({ errMsg: "fail timeout" }) : resolve(reply));
        this.origin({ ...options, success, fail: reject, complete: undefined });
      });
    },
    path,
  );

/** Expects that a page opens, has text, has loaded its data, is accessible, and has no errors. */
export async function expectPageWhole(phone: Phone, path: string, query = ""): Promise<void> {
  await phone.app.callWxMethod("reLaunch", { url: `/${path}${query && `?${query}`}` });
  await phone.at(path);
  await phone.sees(/\p{Script=Han}{2}/u);
  await expect.poll(async () => (await (await phone.page()).$$(".loading")).length).toBe(0);
  expect(await phone.reads()).not.toMatch(/暂时打不开|没连上/);
  for (const { role, says } of await phone.pressables()) {
    expect(role, `what "${says}" is for a screen reader`).toMatch(/^(button|switch|checkbox)$/);
    expect(says, "what a screen reader says of something to tap").toMatch(/[\p{Script=Han}\w]/u);
  }
  expectSilent(phone);
}
