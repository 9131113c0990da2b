import { describe, expect, it } from "vitest";
import { createNoSms } from "../../../server/adapters/sms/sms.ts";
import { requestOtp } from "../../../server/core/usecases/accounts/request-otp.ts";
import type { Api } from "../../support/api.ts";
import { apiClient } from "../../support/api.ts";
import { submission } from "../../support/requests.ts";
import { openWorld } from "../../support/world.ts";

const world = await openWorld();
const { deps, clock } = world;
const anyone = await world.as(null);
const withToken = (token: string): Api => apiClient(world.base, () => token);

let phones = 13_700_000_000;
const newPhone = (): string => String(++phones);

async function codeFor(phone: string): Promise<string> {
  return (await anyone.call("POST /api/auth/otp", { body: { phone } })).ok.demoCode!;
}
async function loginByPhone(phone: string, api: Api = anyone) {
  const code = await codeFor(phone);
  return (await api.call("POST /api/auth/otp/verify", { body: { phone, code } })).ok;
}
const loginByWeChat = async (openid: string) =>
  (await anyone.call("POST /api/auth/wechat", { body: { code: world.wechat.issueCode(openid) } })).ok;

const wrong = (code: string): string => (code === "000000" ? "000001" : "000000");

describe("a phone code", () => {
  it("logs in, and the second time as the same user", async () => {
    const phone = newPhone();
    const first = await loginByPhone(phone);
    expect(first.user).toMatchObject({
      tier: "guest",
      name: null,
      phone: `${phone.slice(0, 3)}****${phone.slice(-4)}`,
    });
    expect((await loginByPhone(phone)).user.id).toBe(first.user.id);
  });

  it("is valid once, also for two simultaneous uses", async () => {
    const phone = newPhone();
    const code = await codeFor(phone);
    const tries = await Promise.all(
      Array.from({ length: 8 }, () => anyone.call("POST /api/auth/otp/verify", { body: { phone, code } })),
    );
    expect(tries.filter(({ code: refused }) => refused === null)).toHaveLength(1);
  });

  it("of two simultaneous first logins creates one user", async () => {
    const phone = newPhone();
    const { userOf } = await import("../../../server/core/usecases/accounts/identities.ts");
    const users = await Promise.all(Array.from({ length: 6 }, () => userOf(deps, { kind: "phone", value: phone })));
    expect(new Set(users.map(({ id }) => id)).size).toBe(1);
  });

  it("permits five guesses", async () => {
    const phone = newPhone();
    const code = await codeFor(phone);
    const guess = async () =>
      (await anyone.call("POST /api/auth/otp/verify", { body: { phone, code: wrong(code) } })).code;
    expect([await guess(), await guess(), await guess(), await guess(), await guess()]).toEqual([
      ...Array.from({ length: 4 }, () => "auth.otp_invalid"),
      "auth.otp_expired",
    ]);
    expect((await anyone.call("POST /api/auth/otp/verify", { body: { phone, code } })).code).toBe("auth.otp_expired");
  });

  it("expires after five minutes", async () => {
    const phone = newPhone();
    const code = await codeFor(phone);
    clock.pass(6);
    expect((await anyone.call("POST /api/auth/otp/verify", { body: { phone, code } })).code).toBe("auth.otp_expired");
  });

  it("outside of demo mode is sent and not in the reply, at most once a minute and five times an hour", async () => {
    const sent: string[] = [];
    const real = {
      ...deps,
      demo: false,
      sms: { ...deps.sms, sendCode: async (_phone: string, code: string) => void sent.push(code) },
    };
    const phone = newPhone();
    expect(await requestOtp(real, phone, "10.0.0.1")).toEqual({ expiresIn: 300, resendAfter: 60 });
    expect(sent).toEqual([expect.stringMatching(/^\d{6}$/)]);
    await expect(requestOtp(real, phone, "10.0.0.1")).rejects.toMatchObject({
      code: "rate.limited",
      params: { retryAfter: 60 },
    });
    for (let n = 0; n < 4; n++) {
      clock.pass(2);
      await requestOtp(real, phone, "10.0.0.1");
    }
    clock.pass(2);
    await expect(requestOtp(real, phone, "10.0.0.1")).rejects.toMatchObject({ code: "rate.limited" });
    clock.pass(60);
    await requestOtp(real, phone, "10.0.0.1");
    expect(sent).toHaveLength(6);
  });

  it("is limited per subscriber, for IPv6 by network instead of address", async () => {
    const real = { ...deps, demo: false, sms: { ...deps.sms, sendCode: async () => undefined } };
    const ask = (n: number) => requestOtp(real, newPhone(), `2001:db8:1:1::${n.toString(16)}`);
    for (let n = 1; n <= 60; n++) await ask(n);
    await expect(ask(61)).rejects.toMatchObject({ code: "rate.limited" });
    await requestOtp(real, newPhone(), "2001:db8:1:2::1");
  });

  it("that cannot be sent is refused with a reason", async () => {
    await expect(
      requestOtp({ ...deps, demo: false, sms: createNoSms() }, newPhone(), "10.0.0.9"),
    ).rejects.toMatchObject({
      code: "sms.unavailable",
    });
  });
});

describe("WeChat", () => {
  it("logs in by a code, as the same user each time", async () => {
    const first = await loginByWeChat("o-1");
    expect(first.user.tier).toBe("guest");
    expect((await loginByWeChat("o-1")).user.id).toBe(first.user.id);
    expect((await loginByWeChat("o-2")).user.id).not.toBe(first.user.id);
  });

  it("refuses a used, expired or invalid code", async () => {
    const code = world.wechat.issueCode("o-3");
    const login = async (given: string) => (await anyone.call("POST /api/auth/wechat", { body: { code: given } })).code;
    expect(await login(code)).toBeNull();
    expect(await login(code)).toBe("auth.wechat_code_invalid");
    const old = world.wechat.issueCode("o-3");
    clock.pass(6);
    expect(await login(old)).toBe("auth.wechat_code_invalid");
    expect(await login("nonsense")).toBe("auth.wechat_code_invalid");
  });

  it("is limited to 100 a minute for a user", async () => {
    const login = async () =>
      (await anyone.call("POST /api/auth/wechat", { body: { code: world.wechat.issueCode("o-busy") } })).code;
    for (let n = 0; n < 100; n++) expect(await login()).toBeNull();
    expect(await login()).toBe("rate.limited");
    clock.pass(2);
    expect(await login()).toBeNull();
  });

  it.each([[-1], [40125], ["hang up"], ["no json"]] as const)(
    "that fails with %s is reported as unavailable",
    async (how) => {
      // WeChat's “busy” (-1) is retried three times.
      for (let n = 0; n < (how === -1 ? 4 : 1); n++) world.wechat.failNext(how);
      const answer = await anyone.call("POST /api/auth/wechat", { body: { code: world.wechat.issueCode("o-4") } });
      expect(answer).toMatchObject({ status: 503, code: "wechat.unavailable" });
    },
  );
});

describe("one user, many identities", () => {
  it("a phone code gives a WeChat user its phone", async () => {
    const wechat = await loginByWeChat("o-10");
    const phone = newPhone();
    const linked = await loginByPhone(phone, withToken(wechat.accessToken));
    expect(linked.user).toMatchObject({ id: wechat.user.id, phone: expect.stringContaining("****") });
    expect((await loginByPhone(phone)).user.id).toBe(wechat.user.id);
  });

  it("an account by phone and one by WeChat are merged with their requests", async () => {
    const phone = newPhone();
    const byPhone = await loginByPhone(phone);
    const home = { communityId: "east", name: "周一", phone, building: "1号楼", unit: "1单元", room: "101" };
    await withToken(byPhone.accessToken).call("POST /api/me/registration", { body: home });
    const filed = (await withToken(byPhone.accessToken).call("POST /api/requests", { body: submission() })).ok;

    const byWeChat = await loginByWeChat("o-11");
    await withToken(byWeChat.accessToken).call("POST /api/me/registration", { body: { ...home, room: "102" } });
    const alsoFiled = (await withToken(byWeChat.accessToken).call("POST /api/requests", { body: submission() })).ok;

    const merged = await loginByPhone(phone, withToken(byWeChat.accessToken));
    expect(merged.user.id).toBe(byPhone.user.id);
    expect(merged.user.registration).toMatchObject({ room: "101" });
    const mine = (await withToken(merged.accessToken).call("GET /api/requests")).ok.items;
    expect(mine.map(({ id }) => id).toSorted()).toEqual([filed.id, alsoFiled.id].toSorted());
    expect(mine.every(({ resident }) => resident.mine)).toBe(true);
    await withToken(merged.accessToken).call("POST /api/requests/:id/withdraw", {
      params: { id: alsoFiled.id },
      body: { reason: "不用了" },
    });
    expect((await loginByWeChat("o-11")).user.id).toBe(byPhone.user.id);
    // The merged account's access token is refused, and its refresh token continues as the surviving account.
    expect((await withToken(byWeChat.accessToken).call("GET /api/me")).code).toBe("auth.session_ended");
    const refreshed = (await anyone.call("POST /api/auth/refresh", { body: { refreshToken: byWeChat.refreshToken } }))
      .ok;
    expect(refreshed.user.id).toBe(byPhone.user.id);
  });

  it("a merge that crashed half way is completed by the next code", async () => {
    const phone = newPhone();
    const byPhone = await loginByPhone(phone);
    const byWeChat = await loginByWeChat("o-12");
    const survivor = (await deps.store.users.find(byPhone.user.id))!;
    const merged = (await deps.store.users.find(byWeChat.user.id))!;
    const { mergeAccounts } = await import("../../../server/core/usecases/accounts/merge-accounts.ts");
    const crashing = {
      ...deps,
      store: {
        ...deps.store,
        identities: { ...deps.store.identities, move: () => Promise.reject(new Error("crash")) },
      },
    };
    await expect(mergeAccounts(crashing, survivor, merged)).rejects.toThrow("crash");
    expect((await loginByPhone(phone, withToken(byWeChat.accessToken))).user.id).toBe(survivor.id);
    expect((await loginByWeChat("o-12")).user.id).toBe(survivor.id);
    expect((await deps.store.users.find(survivor.id))!.mergedIds).toEqual([merged.id]);
  });

  it("a merge into an account that goes into a third at the same moment loses nobody", async () => {
    const { mergeAccounts } = await import("../../../server/core/usecases/accounts/merge-accounts.ts");
    const find = async (id: string) => (await deps.store.users.find(id))!;
    for (let round = 0; round < 30; round++) {
      const [one, two, three] = [await world.resident(), await world.resident(), await world.resident()];
      await Promise.allSettled([mergeAccounts(deps, two, one), mergeAccounts(deps, three, two)]);
      expect((await find(two.id)).mergedInto).toBe(three.id);
      // Who was told to try again is merged by the next login, whose phone is the third account's by now.
      if (!(await find(one.id)).mergedInto) await mergeAccounts(deps, await find(three.id), one);
      expect((await find(three.id)).mergedIds.toSorted()).toEqual([one.id, two.id].toSorted());
      expect((await find(one.id)).mergedInto).toMatch(new RegExp(`${two.id}|${three.id}`));
    }
  });

  it("an account with a phone of its own is not merged into another: the login is the phone's", async () => {
    const [one, two] = [newPhone(), newPhone()];
    const first = await loginByPhone(one);
    const second = await loginByPhone(two, withToken(first.accessToken));
    expect(second.user.id).not.toBe(first.user.id);
    expect((await loginByPhone(one)).user.id).toBe(first.user.id);
  });
});
