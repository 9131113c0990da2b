import { beforeEach, describe, expect, it } from "vitest";
import type { User } from "../../../server/core/domain/accounts/user.ts";
import { codeOf, giveAccount, password } from "../../support/second-factor.ts";
import { apiClient } from "../../support/api.ts";
import { openWorld } from "../../support/world.ts";

const world = await openWorld({ factorPolicy: "required" });
const { deps, clock, relay } = world;
const anyone = await world.as(null);

let count = 0;
let account: string;
let user: User;
const makeAccount = async (who: User): Promise<void> => {
  [user, account] = [who, `clerk-${++count}`];
  await giveAccount(world, who, account);
};
beforeEach(async () => {
  clock.pass(7 * 60);
  await makeAccount(await world.staff("committee"));
});

const login = (code?: string) =>
  anyone.call("POST /api/auth/password", { body: { account, password, ...(code === undefined ? {} : { code }) } });
const begin = (given = password) => anyone.call("POST /api/auth/second-factor", { body: { account, password: given } });
const confirm = (code: string, given = password) =>
  anyone.call("POST /api/auth/second-factor/confirm", { body: { account, password: given, code } });
const sessions = async (): Promise<number> => (await deps.store.sessions.of([user.id])).length;

describe("where the committee must have a second factor", () => {
  it("the password alone gives no access, and the first code completes the login", async () => {
    expect((await login()).code).toBe("auth.second_factor_missing");
    expect((await confirm("123456")).code).toBe("account.second_factor_not_begun");
    const { secret } = (await begin()).ok;
    expect((await login()).code).toBe("auth.second_factor_missing");
    expect((await confirm("123456")).code).toBe("auth.second_factor_invalid");
    expect((await confirm(codeOf(world, secret), "wrong")).code).toBe("auth.password_invalid");
    expect(await sessions()).toBe(0);
    const { session, recoveryCodes } = (await confirm(codeOf(world, secret))).ok;
    expect(recoveryCodes).toHaveLength(10);
    const api = apiClient(world.base, () => session.accessToken);
    expect((await api.call("GET /api/me")).ok.id).toBe(user.id);
    expect((await api.call("GET /api/me/account")).ok.account?.secondFactor.required).toBe(true);
    expect((await login()).code).toBe("auth.second_factor_required");
    clock.pass(0.5);
    expect((await login(codeOf(world, secret))).code).toBeNull();
    await relay.drain();
    const { items } = (await api.call("GET /api/audit", { query: { personId: user.id, kind: "login" } })).ok;
    expect(items.map(({ type }) => type)).toContain("account.second_factor_on");
  });

  it("only one of several people who know password and secret can set it up", async () => {
    const { secret } = (await begin()).ok;
    const tries = await Promise.all(Array.from({ length: 6 }, () => confirm(codeOf(world, secret))));
    expect(tries.filter(({ code }) => code === null)).toHaveLength(1);
    expect(await sessions()).toBe(1);
  });

  it("cannot be turned off", async () => {
    const { secret } = (await begin()).ok;
    const { session } = (await confirm(codeOf(world, secret))).ok;
    clock.pass(0.5);
    const body = { password, code: codeOf(world, secret) };
    const off = await apiClient(world.base, () => session.accessToken).call("POST /api/me/second-factor/off", { body });
    expect(off.code).toBe("account.second_factor_needed");
    expect((await login(codeOf(world, secret))).code).toBeNull();
  });

  it("a colleague's one-time password must be replaced, and then a second factor set up", async () => {
    const clerk = await world.as(await world.staff("committee"));
    account = `new-${count}`;
    const body = { account, name: "方丽娜", title: "社工" };
    const made = (await clerk.call("POST /api/communities/:id/clerks", { params: { id: "east" }, body })).ok;
    expect((await begin(made.password)).code).toBe("auth.password_temporary");
    const own = "我家住在湖边第三棵树";
    const enter = { account, password: made.password, newPassword: own };
    expect((await anyone.call("POST /api/auth/password", { body: enter })).code).toBe("auth.second_factor_missing");
    const { secret } = (await begin(own)).ok;
    expect((await confirm(codeOf(world, secret), own)).ok.session.user.name).toBe("方丽娜");
  });

  it.each([
    ["the operator", async () => world.staff("admin", []), "auth.second_factor_missing"],
    ["the subdistrict", async () => world.staff("supervisor", ["east", "west"]), "auth.second_factor_missing"],
    ["a cadre", async () => world.cadre(), null],
    [
      "a clerk who acts as a resident",
      async () => {
        const clerk = await world.staff("committee");
        return (await deps.store.users.update(clerk.id, { actingAs: null })) ?? clerk;
      },
      "auth.second_factor_missing",
    ],
  ] as const)("%s logs in with a password: %#", async (_who, make, code) => {
    await makeAccount(await make());
    expect((await login()).code).toBe(code);
  });

  it("must be set up again after a colleague has reset it", async () => {
    const { secret } = (await begin()).ok;
    expect((await confirm(codeOf(world, secret))).code).toBeNull();
    const colleague = await world.as(await world.staff("committee"));
    const params = { id: "east", userId: user.id };
    await colleague.call("POST /api/communities/:id/people/:userId/second-factor/reset", { params });
    expect((await login()).code).toBe("auth.second_factor_missing");
  });
});
