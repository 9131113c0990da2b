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
  it("ends every other login at once, and this one goes on; the old password opens nothing", async () => {
    const [other, own] = [await login(), await login()];
    expect((await change(withToken(own.accessToken), before, after)).code).toBeNull();
    expect((await withToken(other.accessToken).call("GET /api/me")).code).toBe("auth.session_ended");
    const refresh = async (refreshToken: string) =>
      (await anyone.call("POST /api/auth/refresh", { body: { refreshToken } })).code;
    expect(await refresh(other.refreshToken)).toBe("auth.session_ended");
    expect((await withToken(own.accessToken).call("GET /api/me")).code).toBeNull();
    clock.pass(16);
    expect(await refresh(own.refreshToken)).toBeNull();
    expect((await tryLogin(before)).code).toBe("auth.password_invalid");
    expect((await login(after)).user.id).toBe(user.id);
  });

  it("is a row of the community's log, without either password", async () => {
    const api = withToken((await login()).accessToken);
    await change(api, before, after);
    await relay.drain();
    const { items } = (await api.call("GET /api/audit", { query: { kind: "login", personId: user.id } })).ok;
    expect(items.map(({ type, actor }) => [type, actor.name])).toContainEqual(["account.password_changed", user.name]);
    const dump = JSON.stringify(await world.dump());
    for (const password of [before, after]) expect(dump).not.toContain(password);
  });

  it("asks for the old one, also of whoever found the browser open, and waits after five wrong ones", async () => {
    const api = withToken((await login()).accessToken);
    for (let n = 0; n < 5; n++) expect((await change(api, "guessed-it", after)).code).toBe("account.password_wrong");
    expect((await change(api, before, after)).code).toBe("auth.locked");
    // They count with those at the login, and the other way round.
    expect((await tryLogin(before)).code).toBe("auth.locked");
    clock.pass(1);
    expect((await change(api, before, after)).code).toBeNull();
  });

  it("is held to the same rules as the first one", async () => {
    const api = withToken((await login()).accessToken);
    for (const weak of ["short", "aaaaaaaaaaaa", "password12345", `${account}-2026`, before])
      expect((await change(api, before, weak)).code).toBe("auth.password_weak");
    expect((await tryLogin(before)).code).toBeNull();
  });

  it("is not for those who have none", async () => {
    const api = await world.as(await world.resident());
    expect((await change(api, before, after)).code).toBe("account.no_password");
  });

  it("by two at once changes it once", async () => {
    const apis = [withToken((await login()).accessToken), withToken((await login()).accessToken)];
    const chosen = [after, "月亮照着一辆旧自行车"];
    const both = await Promise.all(apis.map((api, n) => change(api, before, chosen[n]!)));
    const won = both.flatMap(({ code }, n) => (code === null ? [n] : []));
    expect(won).toHaveLength(1);
    expect((await tryLogin(chosen[won[0]!]!)).code).toBeNull();
    expect((await tryLogin(chosen[1 - won[0]!]!)).code).toBe("auth.password_invalid");
  });

  it("leaves no login behind that was under way with the old one", async () => {
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
    const from = { device: null, front: null, sessionId: null };
    await expect(loginWithPassword(slow, typed, from)).rejects.toMatchObject({
      code: "auth.password_invalid",
    });
    expect(await deps.store.sessions.of([user.id])).toHaveLength(1);
  });
});
