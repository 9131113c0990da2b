import { describe, expect, it } from "vitest";
import { type Api, apiClient } from "../../support/api.ts";
import { openWorld } from "../../support/world.ts";

const world = await openWorld();
const { deps, clock } = world;
const anyone = await world.as(null);
const withToken = (token: string): Api => apiClient(world.base, () => token);

let phones = 13_710_000_000;
const newPhone = (): string => String(++phones);

async function loginByPhone(phone: string) {
  const { demoCode } = (await anyone.call("POST /api/auth/otp", { body: { phone } })).ok;
  return (await anyone.call("POST /api/auth/otp/verify", { body: { phone, code: demoCode! } })).ok;
}

describe("an account with a password", () => {
  const password = "xiaoqu-2026-laoxiang";
  async function clerk(account: string) {
    const user = await world.staff("committee");
    await deps.store.identities.link({
      kind: "account",
      subject: account,
      userId: user.id,
      secret: await deps.passwords.hash(password),
    });
    return user;
  }
  const login = (account: string, given: string) =>
    anyone.call("POST /api/auth/password", { body: { account, password: given } });

  it("logs in, whatever the case of the account", async () => {
    const user = await clerk("clerk-a");
    expect((await login("Clerk-A", password)).ok.user).toMatchObject({
      id: user.id,
      actingAs: { role: "committee", communityId: "east" },
    });
  });

  it("refuses a wrong password and an unknown account with the same message", async () => {
    await clerk("clerk-b");
    const [one, other] = [await login("clerk-b", "wrong"), await login("nobody", password)];
    expect(one).toMatchObject({ status: 401, code: "auth.password_invalid" });
    expect(other).toMatchObject({ status: 401, code: "auth.password_invalid" });
  });
});

describe("a session", () => {
  const refresh = (refreshToken: string | undefined) =>
    anyone.call("POST /api/auth/refresh", { body: { refreshToken } });

  it("is valid for 15 minutes, and then refreshed with another pair of tokens", async () => {
    const first = await loginByPhone(newPhone());
    expect((await withToken(first.accessToken).call("GET /api/me")).code).toBeNull();
    clock.pass(16);
    expect(await withToken(first.accessToken).call("GET /api/me")).toMatchObject({
      status: 401,
      code: "auth.session_ended",
    });
    const next = (await refresh(first.refreshToken)).ok;
    expect(next.refreshToken).not.toBe(first.refreshToken);
    expect((await withToken(next.accessToken).call("GET /api/me")).ok.id).toBe(first.user.id);
  });

  it("gives two tabs that refresh simultaneously the same next token", async () => {
    const { refreshToken } = await loginByPhone(newPhone());
    const tokens = await Promise.all([refresh(refreshToken), refresh(refreshToken), refresh(refreshToken)]);
    expect(new Set(tokens.map((answer) => answer.ok.refreshToken)).size).toBe(1);
  });

  it("repeats a lost reply within half a minute; later the repeated token ends the session", async () => {
    const { refreshToken } = await loginByPhone(newPhone());
    const next = (await refresh(refreshToken)).ok;
    expect((await refresh(refreshToken)).ok.refreshToken).toBe(next.refreshToken);
    clock.pass(1);
    expect((await refresh(refreshToken)).code).toBe("auth.session_ended");
    expect((await refresh(next.refreshToken)).code).toBe("auth.session_ended");
  });

  it("ends by logout, and after 30 days without a refresh", async () => {
    const one = await loginByPhone(newPhone());
    expect((await withToken(one.accessToken).call("POST /api/auth/logout")).status).toBe(204);
    expect((await refresh(one.refreshToken)).code).toBe("auth.session_ended");
    const other = await loginByPhone(newPhone());
    clock.pass(31 * 24 * 60);
    expect((await refresh(other.refreshToken)).code).toBe("auth.session_ended");
  });

  it.each(["", "x", "a.b.1.c"])("refuses an invalid refresh token: «%s»", async (token) => {
    expect((await refresh(token)).code).toMatch(/auth.session_ended|input.invalid/);
  });

  it("refuses a refresh token with another generation or session in it", async () => {
    const { refreshToken } = await loginByPhone(newPhone());
    const [key, session, generation, mac] = refreshToken!.split(".");
    expect((await refresh([key, session, Number(generation) + 1, mac].join("."))).code).toBe("auth.session_ended");
    expect((await refresh([key, "0".repeat(24), generation, mac].join("."))).code).toBe("auth.session_ended");
    expect((await refresh(refreshToken)).code).toBeNull();
  });
});
