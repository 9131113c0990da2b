import { expect, it } from "vitest";
import { addPhoto } from "../../support/weapp-camera.ts";
import type { Phone } from "../../support/weapp-phone.ts";
import { openWeappWorld } from "../../support/weapp-world.ts";

const world = await openWeappWorld();

/** Her requests with these words. */
async function filed(description: string): Promise<{ photos: number }[]> {
  const { call } = await world.api("王雨晴");
  const { items } = (await call("GET /api/requests", { query: { scope: "mine", limit: 100 } })).ok;
  const mine = items.filter((request) => request.description === description);
  return Promise.all(
    mine.map(async ({ id }) => ({
      photos: (await call("GET /api/requests/:id", { params: { id } })).ok.files.length,
    })),
  );
}

/** The next answers to a POST of that path are lost on the way back: the server has done it, the phone does not know. */
const loseAnswers = (phone: Phone, method: "request" | "uploadFile", path: string): Promise<void> =>
  phone.app.mockWxMethod(
    method,
    // Runs in the mini-program; `origin` is the function as it was.
    function lose(this: { origin(options: object): void }, options: Exchange, lost: string) {
      return new Promise((resolve, reject) => {
        const dropped = options.url.endsWith(lost) && options.method !== "GET";
        const success = (reply: object): void => (dropped ? reject({ errMsg: "fail timeout" }) : resolve(reply)); // oxlint-disable-line prefer-promise-reject-errors -- as WeChat does
        this.origin({ ...options, success, fail: reject, complete: undefined });
      });
    },
    path,
  );

interface Exchange {
  url: string;
  method?: string;
}

it("with photos over a connection that breaks twice: the words are kept, and one request comes of it", async () => {
  const said = "三楼楼道灯不亮，照片里看得清楚";
  const phone = await world.phone("王雨晴");
  await phone.open("/pages/file/index");
  await phone.write("textarea", said);

  await loseAnswers(phone, "uploadFile", "/api/uploads");
  await addPhoto(phone);
  await phone.sees("没传上，点一下重传");
  await phone.app.restoreWxMethod("uploadFile");
  await phone.tap("没传上，点一下重传");
  await expect.poll(() => phone.reads()).not.toMatch(/重传|上传中/);

  await loseAnswers(phone, "request", "/api/requests");
  await phone.tap("提交");
  await phone.sees(/没连上网络/);

  // She gives up and comes back later.
  await phone.open("/pages/home/index");
  await phone.sees(/接着写/);
  await phone.app.restoreWxMethod("request");
  await phone.tap(/^找店小二/);
  await phone.at("pages/file/index");
  const field = await (await phone.page()).$("textarea");
  expect(await field?.value()).toBe(said);
  await phone.tap("提交");
  await phone.at("pages/request/index");
  await phone.sees("等干部接单");

  expect(await filed(said)).toEqual([{ photos: 1 }]);
  expect(phone.faults).toEqual([]);
});
