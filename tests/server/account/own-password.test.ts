import { beforeEach, describe, expect, it } from "vitest";
import type { User } from "../../../server/core/domain/accounts/user.ts";
import { loginWithPassword } from "../../../server/core/usecases/accounts/login-with-password.ts";
import { type Api, apiClient } from "../../support/api.ts";
import { openWorld } from "../../support/world.ts";

const world = await openWorld();
const { deps, clock, relay } = world;
const anyone = await world.as(null);
const withToken = (token: string): Api => apiClient(world.base, () => token);

const before = "xiaoqu-2026-laoxiang";
const after = "三只灰鹭停在湖心的岛上";
let count = 0;
let account: string;
let user: User;
beforeEach(async () => {
  account = `clerk-${++count}`;
  user = await world.staff("committee");
  const secret = await deps.passwords.hash(before);
  await deps.store.identities.link({ kind: "account", subject: account, userId: user.id, secret });
});

const tryLogin = (password: string) => anyone.call("POST /api/auth/password", { body: { account, password } });
const login = async (password = before) => (await tryLogin(password)).ok;
const change = (api: Api, password: string, newPassword: string) =>
  api.call("POST /api/me/password", { body: { password, newPassword } });

describe("changing the own password", () => {
  it("ends every other login at once and keeps this one; the old password is invalid", async () => {
    const [other, own] = [await login(), await login()];
    expect((await change(withToken(own.accessToken), before, after)).code).toBeNull();
    expect((await withToken(other.accessToken).call("GET /api/me")).code).toBe("auth.session_ended");
    const refresh = async (refreshToken: string | undefined) =>
      (await anyone.call("POST /api/auth/refresh", { body: { refreshToken } })).code;
    expect(await refresh(other.refreshToken)).toBe("auth.session_ended");
    expect((await withToken(own.accessToken).call("GET /api/me")).code).toBeNull();
    clock.pass(16);
    expect(await refresh(own.refreshToken)).toBeNull();
    expect((await tryLogin(before)).code).toBe("auth.password_invalid");
    expect((await login(after)).user.id).toBe(user.id);
  });

  it("is an event of the community's log, without either password", async () => {
    const api = withToken((await login()).accessToken);
    await change(api, before, after);
    await relay.drain();
    const { items } = (await api.call("GET /api/audit", { query: { kind: "login", personId: user.id } })).ok;
    expect(items.map(({ type, actor }) => [type, actor.name])).toContainEqual(["account.password_changed", user.name]);
    const dump = JSON.stringify(await world.dump());
    for (const password of [before, after]) expect(dump).not.toContain(password);
  });

  it("requires the old one, also in an open session, with waits after five failures", async () => {
    const api = withToken((await login()).accessToken);
    for (let n = 0; n < 5; n++) expect((await change(api, "guessed-it", after)).code).toBe("account.password_wrong");
    expect((await change(api, before, after)).code).toBe("auth.locked");
    // These failures and those of the login are counted together.
    expect((await tryLogin(before)).code).toBe("auth.locked");
    clock.pass(1);
    expect((await change(api, before, after)).code).toBeNull();
  });

  it("follows the same rules as the first one", async () => {
    const api = withToken((await login()).accessToken);
    for (const weak of ["short", "aaaaaaaaaaaa", "password12345", `${account}-2026`, before])
      expect((await change(api, before, weak)).code).toBe("auth.password_weak");
    expect((await tryLogin(before)).code).toBeNull();
  });

  it.each([
    ["short", "湖边灰鹭", /至少 10 个字符/],
    ["common in leaks, in any case", "QwertyUiop", /泄露过的常见密码/],
    ["common with a year after it", "password2026", /泄露过的常见密码/],
    ["a row of a keyboard", "1q2w3e4r5t", /泄露过的常见密码/],
    ["the name of the product with digits", "dianxiaoer-888", /泄露过的常见密码/],
    ["of few characters", "121212121212", /不同的字符太少|泄露过/],
    ["the same", before, /不能与现在的密码相同/],
  ])("is refused with a sentence of its own when it is %s", async (_, weak, sentence) => {
    const refused = await change(withToken((await login()).accessToken), before, weak);
    expect(refused.code).toBe("auth.password_weak");
    expect(JSON.stringify(refused.body)).toMatch(sentence);
  });

  it("is refused with the account, the name, the phone or the community in it", async () => {
    const phone = "13761234567";
    const name = "欧阳晓";
    await deps.store.users.update(user.id, { name, phone: deps.keys.seal(phone, "phone") });
    const community = (await deps.store.communities.find("east"))!.name;
    const api = withToken((await login()).accessToken);
    for (const word of [account.toUpperCase(), name, phone, community, "East"]) {
      const refused = await change(api, before, `春天的灰鹭-${word}-飞走`);
      expect([word, refused.code]).toEqual([word, "auth.password_weak"]);
      expect(JSON.stringify(refused.body)).toMatch(/不要有账号、姓名、手机号/);
    }
    expect((await change(api, before, "好".repeat(129))).code).toBe("input.invalid");
  });

  it("is refused for people without a password", async () => {
    const api = await world.as(await world.resident());
    expect((await change(api, before, after)).code).toBe("account.no_password");
  });

  it("by two simultaneous calls changes it once", async () => {
    const apis = [withToken((await login()).accessToken), withToken((await login()).accessToken)];
    const chosen = [after, "月亮照着一辆旧自行车"];
    const both = await Promise.all(apis.map((api, n) => change(api, before, chosen[n]!)));
    const won = both.flatMap(({ code }, n) => (code === null ? [n] : []));
    expect(won).toHaveLength(1);
    expect((await tryLogin(chosen[won[0]!]!)).code).toBeNull();
    expect((await tryLogin(chosen[1 - won[0]!]!)).code).toBe("auth.password_invalid");
  });

  it("ends a login with the old one that was under way", async () => {
    const api = withToken((await login()).accessToken);
    const slow = {
      ...deps,
      passwords: {
        ...deps.passwords,
        async verify(password: string, hash: string | null) {
          const right = await deps.passwords.verify(password, hash);
          expect((await change(api, before, after)).code).toBeNull();
          return right;
        },
      },
    };
    const typed = { account, password: before, address: "10.0.0.1" };
    const from = { device: null, front: null, address: "127.0.0.1", sessionId: null };
    await expect(loginWithPassword(slow, typed, from)).rejects.toMatchObject({
      code: "auth.password_invalid",
    });
    expect(await deps.store.sessions.of([user.id])).toHaveLength(1);
  });
});
