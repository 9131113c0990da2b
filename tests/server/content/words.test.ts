import { describe, expect, it } from "vitest";
import { createWordList } from "../../../server/adapters/content/word-list.ts";
import type { User } from "../../../server/core/domain/accounts/user.ts";
import { submission } from "../../support/requests.ts";
import { openWorld } from "../../support/world.ts";

const TEXT = "/wxa/msg_sec_check";
const world = await openWorld();
const { deps, clock, relay, wechat } = world;

let people = 0;
/** Gives a user a WeChat identity that has just used the app. */
async function inWeChat(user: User): Promise<string> {
  const openid = `o-words-${++people}`;
  const subject = deps.keys.blindIndex("wechat", openid);
  await deps.store.identities.link({
    kind: "wechat",
    subject,
    userId: user.id,
    sealed: deps.keys.seal(openid, "openid"),
  });
  wechat.visit(openid);
  return openid;
}
const marks = async (requestId: string) => {
  await relay.drain();
  const rows = await deps.store.log.ofRequest(requestId);
  return rows.map(({ type, payload }) => [
    type.replace("request.", ""),
    (JSON.parse(payload!) as { data: { words?: string } }).data.words ?? "passed",
  ]);
};

describe("what somebody in WeChat writes", () => {
  it("is refused when WeChat finds it risky, and nothing is written", async () => {
    const resident = await world.resident();
    await inWeChat(resident);
    const api = await world.as(resident);
    for (const over of [
      { description: "本人代开发票，量大从优" },
      { title: "刷单返利" },
      { timeWindow: { label: "裸聊" } },
    ]) {
      const answer = await api.call("POST /api/requests", { body: submission(over), key: "one-draft" });
      expect(answer).toMatchObject({ status: 422, code: "content.refused" });
    }
    expect((await api.call("GET /api/requests")).ok.items).toEqual([]);
    // The corrected draft is accepted under the same key.
    expect((await api.call("POST /api/requests", { body: submission(), key: "one-draft" })).status).toBe(201);
  });

  it("is checked at each step by resident and cadre: messages, notes, answers, results and ratings", async () => {
    const [resident, cadre] = [await world.resident(), await world.cadre()];
    await inWeChat(resident);
    await inWeChat(cadre);
    const [mine, his] = [await world.as(resident), await world.as(cadre)];
    const { id } = (await mine.call("POST /api/requests", { body: submission() })).ok;
    const params = { id };
    await his.call("POST /api/requests/:id/claim", { params });
    const bad = "刷单返利，加我";
    const good = "好的";
    const rating = { outcome: "solved", scores: { response: 5, attitude: 5, result: 5 } } as const;
    const tries = [
      (text: string) => his.call("POST /api/requests/:id/first-contact", { params, body: { note: text } }),
      (text: string) => his.call("POST /api/requests/:id/note", { params, body: { text } }),
      (text: string) => mine.call("POST /api/requests/:id/message", { params, body: { text } }),
      (text: string) => his.call("POST /api/requests/:id/ask", { params, body: { text } }),
      (text: string) => mine.call("POST /api/requests/:id/answer", { params, body: { text } }),
      (text: string) => his.call("POST /api/requests/:id/resolve", { params, body: { result: text } }),
      (text: string) => mine.call("POST /api/requests/:id/rate", { params, body: { ...rating, tags: [text] } }),
    ];
    for (const attempt of tries) {
      expect((await attempt(bad)).code).toBe("content.refused");
      expect((await attempt(good)).code).toBeNull();
    }
    expect(new Set((await marks(id)).map(([, mark]) => mark))).toEqual(new Set(["passed"]));
  });

  it("that WeChat doubts reaches the staff with a mark for the committee", async () => {
    const resident = await world.resident();
    await inWeChat(resident);
    const body = submission({ description: "小区里有人加微信领鸡蛋，请查一下" });
    const { id } = (await (await world.as(resident)).call("POST /api/requests", { body })).ok;
    expect(await marks(id)).toEqual([["submitted", "review"]]);
    const clerk = await world.as(await world.staff("committee"));
    const [entry] = (await clerk.call("GET /api/log", { query: { requestId: id } })).ok.items;
    expect(entry!.data).toMatchObject({ words: "review" });
  });

  it("is not checked when the step is refused anyway, nor again in a retry", async () => {
    const [resident, other] = [await world.resident(), await world.resident()];
    await inWeChat(resident);
    await inWeChat(other);
    const { id } = (
      await (await world.as(resident)).call("POST /api/requests", { body: submission(), key: "asked-once" })
    ).ok;
    const calls = () => wechat.calls.get(TEXT) ?? 0;
    const before = calls();
    await (await world.as(resident)).call("POST /api/requests", { body: submission(), key: "asked-once" });
    const params = { id };
    await (await world.as(other)).call("POST /api/requests/:id/withdraw", { params, body: { reason: "不用了" } });
    expect(calls() - before).toBe(0);
  });
});

describe("text that WeChat cannot check", () => {
  it.each([
    ["somebody who is not in WeChat", async () => undefined],
    [
      "somebody who was not there for two hours",
      async (user: User) => {
        await inWeChat(user);
        clock.pass(121);
      },
    ],
    [
      "anybody, while WeChat is away",
      async (user: User) => {
        await inWeChat(user);
        wechat.failNext("hang up", TEXT);
      },
    ],
    [
      "anybody, while WeChat has no more room",
      async (user: User) => {
        await inWeChat(user);
        wechat.failNext(45011, TEXT);
      },
    ],
  ])("of %s passes, marked", async (_who, prepare) => {
    const resident = await world.resident();
    await prepare(resident);
    const { id } = (await (await world.as(resident)).call("POST /api/requests", { body: submission() })).ok;
    expect(await marks(id)).toEqual([["submitted", "unchecked"]]);
  });

  it("is checked by the word list", async () => {
    const api = await world.as(await world.resident());
    const body = submission({ description: "代 开·发 票，ＶＩＰ" });
    expect((await api.call("POST /api/requests", { body })).code).toBe("content.refused");
  });
});

describe("the word list", () => {
  const list = createWordList(["刷单返利", "ABC币"]);
  it.each([
    ["刷单返利", true],
    ["刷 单-返，利", true],
    ["ａｂｃ幣", false],
    ["ａｂｃ 币", true],
    ["楼下刷墙，返工一次", false],
    ["", false],
  ])("%s: %s", (text, refused) => {
    expect(list.refuses(text)).toBe(refused);
  });
});
