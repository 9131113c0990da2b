import { afterEach, describe, expect, it } from "vitest";
import { startFakeWeChat } from "../../../server/adapters/wechat/fake/fake.ts";
import type { SubscribeMessage } from "../../../server/adapters/wechat/wechat.ts";
import { testClock } from "../../support/clock.ts";
import { openWeChatBench } from "../../support/wechat.ts";

const TOKEN = "/cgi-bin/stable_token";
const SEND = "/cgi-bin/message/subscribe/send";
const TEXT = "/wxa/msg_sec_check";

const { fake, clock, process, logged } = await openWeChatBench();
const wechat = process();
fake.addTemplate("tpl", ["thing1", "time2", "phrase3"]);
fake.visit("o-1");

const message = (over: Partial<SubscribeMessage> = {}): SubscribeMessage => ({
  openid: "o-1",
  templateId: "tpl",
  page: "pages/request/index?id=1",
  data: { thing1: "代取包裹", time2: "2026年3月2日 20:40", phrase3: "已接单" },
  ...over,
});
const tokenCalls = (): number => fake.calls.get(TOKEN) ?? 0;
const text = (client = wechat) => {
  fake.visit("o-1");
  return client.checkText("o-1", "楼道灯坏了", 2);
};

afterEach(() => {
  // Moves on beyond the per-minute counts and the pause between forced tokens.
  clock.pass(2);
});

describe("the access token", () => {
  it("is fetched once for concurrent calls in four processes, and kept", async () => {
    const before = tokenCalls();
    const processes = Array.from({ length: 4 }, () => process());
    const verdicts = await Promise.all(processes.flatMap((client) => Array.from({ length: 10 }, () => text(client))));
    expect(new Set(verdicts)).toEqual(new Set(["pass"]));
    expect(tokenCalls() - before).toBe(1);
    await text(process());
    expect(tokenCalls() - before).toBe(1);
  });

  it("is replaced once when it ends during concurrent calls, and every call succeeds", async () => {
    const processes = [process(), process()];
    await Promise.all(processes.map((client) => text(client)));
    fake.revokeTokens();
    const before = tokenCalls();
    const verdicts = await Promise.all(processes.flatMap((client) => Array.from({ length: 15 }, () => text(client))));
    expect(verdicts).toHaveLength(30);
    expect(new Set(verdicts)).toEqual(new Set(["pass"]));
    expect(tokenCalls() - before).toBe(1);
  });

  it("is replaced before its end, by one process of two", async () => {
    const processes = [process(), process()];
    await Promise.all(processes.map((client) => text(client)));
    clock.pass(116);
    const before = tokenCalls();
    await Promise.all(processes.map((client) => text(client)));
    expect(tokenCalls() - before).toBe(1);
  });

  it("that another has replaced by force is good for five minutes more; then the new one is found without asking WeChat", async () => {
    const [slow, other] = [process(), process()];
    await Promise.all([text(slow), text(other)]);
    // WeChat says that the current token is invalid; only a forced refresh helps.
    fake.failNext(40001, TEXT);
    const before = tokenCalls();
    expect(await text(other)).toBe("pass");
    expect(tokenCalls() - before).toBe(2);
    expect(await text(slow)).toBe("pass");
    clock.pass(6);
    expect(await text(slow)).toBe("pass");
    expect(tokenCalls() - before).toBe(2);
  });

  it("is fetched by another process when the fetching one has died", async () => {
    const leaseClock = testClock();
    fake.revokeTokens();
    fake.failNext("silence", TOKEN);
    const before = tokenCalls();
    const dying = process({ leaseClock, timeoutMs: 60_000 });
    void text(dying).catch(() => undefined);
    await expect.poll(tokenCalls).toBe(before + 1);
    const heir = process({ leaseClock });
    const answer = text(heir);
    leaseClock.pass(1);
    expect(await answer).toBe("pass");
  });

  it("is not waited for when WeChat refuses one", async () => {
    fake.revokeTokens();
    fake.failNext("no json", TOKEN);
    await expect(text(process())).rejects.toMatchObject({ code: "wechat.unavailable" });
    expect(await text(process())).toBe("pass");
  });
});

describe("a subscribe message", () => {
  it("is sent once for each consent", async () => {
    fake.grant("o-1", "tpl");
    expect(await wechat.sendSubscribe(message())).toEqual({ state: "sent" });
    expect(fake.delivered.at(-1)).toMatchObject({ openid: "o-1", data: { thing1: "代取包裹" } });
    expect(await wechat.sendSubscribe(message())).toEqual({ state: "refused" });
    expect(fake.delivered).toHaveLength(1);
  });

  it("is sent once when two are sent at once on one consent", async () => {
    const before = fake.delivered.length;
    fake.grant("o-1", "tpl");
    const outcomes = await Promise.all([wechat.sendSubscribe(message()), process().sendSubscribe(message())]);
    expect(outcomes.map(({ state }) => state).toSorted()).toEqual(["refused", "sent"]);
    expect(fake.delivered.length - before).toBe(1);
  });

  it.each([
    ["somebody whom WeChat does not know", { openid: "o-nobody" }, 40003],
    ["a template that is not ours", { templateId: "other" }, 40037],
    ["a page that is none", { page: "https://elsewhere" }, 41030],
    ["a field that is too long", { data: { ...message().data, thing1: "超".repeat(21) } }, 47003],
    ["a phrase that is none", { data: { ...message().data, phrase3: "accepted" } }, 47003],
    ["a field that is missing", { data: { thing1: "代取包裹" } }, 47003],
  ])("to or with %s fails, and says why", async (_what, over, code) => {
    fake.grant("o-1", "tpl");
    expect(await wechat.sendSubscribe(message(over))).toEqual({ state: "failed", code, retry: false });
  });

  it.each([["silence"], ["hang up"], ["no json"]] as const)(
    "that met %s may have been sent: unknown, and asked once",
    async (how) => {
      await text();
      const calls = fake.calls.get(SEND) ?? 0;
      fake.failNext(how, SEND);
      expect(await process({ timeoutMs: 300 }).sendSubscribe(message())).toEqual({ state: "unknown" });
      expect((fake.calls.get(SEND) ?? 0) - calls).toBe(1);
    },
  );

  it("is reported as not sent when it never reached WeChat", async () => {
    await text();
    const gone = await startFakeWeChat();
    await gone.stop();
    const away = process({ baseUrl: gone.settings.baseUrl });
    expect(await away.sendSubscribe(message())).toEqual({ state: "failed", code: "unreachable", retry: true });
  });

  it("is sent although its token has ended", async () => {
    fake.grant("o-1", "tpl");
    await text();
    fake.revokeTokens();
    expect(await wechat.sendSubscribe(message())).toEqual({ state: "sent" });
  });
});

describe("when WeChat is", () => {
  it("busy (-1), it is called again, four times in all", async () => {
    await text();
    for (let n = 0; n < 3; n++) fake.failNext(-1, TEXT);
    expect(await text()).toBe("pass");
    for (let n = 0; n < 4; n++) fake.failNext(-1, TEXT);
    await expect(text()).rejects.toMatchObject({ code: "wechat.unavailable" });
  });

  it.each([[45009], [45011]])("full (%i), the caller is told to slow down", async (errcode) => {
    await text();
    fake.failNext(errcode, TEXT);
    await expect(text()).rejects.toMatchObject({ code: "rate.limited" });
  });

  it("really full, by the minute and by the day, likewise, and later it goes on", async () => {
    const { fake: small, clock: time, process: start } = await openWeChatBench();
    small.visit("o-2");
    small.limit(TEXT, { minute: 3, day: 5 });
    const client = start();
    const check = () => client.checkText("o-2", "好", 2);
    for (let n = 0; n < 3; n++) expect(await check()).toBe("pass");
    await expect(check()).rejects.toMatchObject({ code: "rate.limited" });
    time.pass(2);
    expect([await check(), await check()]).toEqual(["pass", "pass"]);
    time.pass(2);
    await expect(check()).rejects.toMatchObject({ code: "rate.limited" });
  });

  it.each([["silence"], ["hang up"], ["no json"]] as const)("mute (%s), that is said after one try", async (how) => {
    await text();
    fake.failNext(how, TEXT);
    await expect(text(process({ timeoutMs: 300 }))).rejects.toMatchObject({ code: "wechat.unavailable" });
  });

  it("slow but within the timeout, its reply is used", async () => {
    await text();
    fake.failNext({ slow: 150 }, TEXT);
    expect(await text()).toBe("pass");
  });
});

describe("a text", () => {
  it.each([
    ["楼道灯坏了，请修一下", "pass"],
    ["加微信领红包，转发有奖", "review"],
    ["本人代开发票，价格优惠", "risky"],
  ])("%s: %s", async (words, verdict) => {
    fake.visit("o-1");
    expect(await wechat.checkText("o-1", words, 2)).toBe(verdict);
  });

  it("longer than WeChat's limit is checked in parts", async () => {
    fake.visit("o-1");
    expect(await wechat.checkText("o-1", `${"好".repeat(2_600)}刷单返利`, 2)).toBe("risky");
  });

  it("by a user who has not opened the app for two hours cannot be checked", async () => {
    fake.visit("o-1");
    clock.pass(121);
    expect(await wechat.checkText("o-1", "好", 2)).toBe("inactive");
    expect(await wechat.checkMedia("o-1", "http://127.0.0.1:9/x.jpg", 2)).toBe("inactive");
  });
});

describe("a phone code", () => {
  it("gives the number, once, within five minutes", async () => {
    const code = fake.issuePhoneCode("13812340000");
    expect(await wechat.phoneNumber(code)).toBe("13812340000");
    await expect(wechat.phoneNumber(code)).rejects.toMatchObject({ code: "auth.wechat_phone_invalid" });
    const old = fake.issuePhoneCode("13812340000");
    clock.pass(6);
    await expect(wechat.phoneNumber(old)).rejects.toMatchObject({ code: "auth.wechat_phone_invalid" });
  });
});

describe("the log", () => {
  it("has no token, secret, openid or message in it", async () => {
    const all = logged();
    expect(all).toContain("wechat: no usable answer");
    expect(all).toContain("47003");
    for (const secret of [fake.settings.secret, "fake-", "o-1", "o-nobody", "代取包裹", "13812340000"]) {
      expect(all).not.toContain(secret);
    }
  });
});
