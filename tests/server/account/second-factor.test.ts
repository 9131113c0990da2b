import { beforeEach, describe, expect, it } from "vitest";
import type { User } from "../../../server/core/domain/accounts/user.ts";
import { createKeys, newKeyRing } from "../../../server/adapters/keys/keys.ts";
import { loginWithPassword } from "../../../server/core/usecases/accounts/login-with-password.ts";
import { connect } from "../../../server/core/store/connection.ts";
import { type Api, apiClient } from "../../support/api.ts";
import { testClock } from "../../support/clock.ts";
import { freshDatabase } from "../../support/engine.ts";
import { codeOf, enrol, giveAccount, password, somewhere } from "../../support/second-factor.ts";
import { type World, openWorld } from "../../support/world.ts";

const { uri, name } = freshDatabase();
const keys = createKeys(newKeyRing());
const clock = testClock();
const server = async (): Promise<World> => openWorld({ connection: await connect(uri, name), keys, clock });
const one = await server();
/** A second process on the same database. */
const other = await server();
const { deps, relay } = one;
const anyone = await one.as(null);
const elsewhere = await other.as(null);
const withToken = (token: string): Api => apiClient(one.base, () => token);

const address = "10.0.0.1";
let count = 0;
let account: string;
let user: User;
let secret: string;
let recoveryCodes: string[];
beforeEach(async () => {
  // Long enough for the failures from this address to expire.
  clock.pass(7 * 60);
  account = `clerk-${++count}`;
  user = await one.staff("committee");
  await giveAccount(one, user, account);
  ({ secret, recoveryCodes } = await enrol(one, user, account));
});

const login = (code?: string, api = anyone) =>
  api.call("POST /api/auth/password", { body: { account, password, ...(code === undefined ? {} : { code }) } });
const codeNow = (steps = 0): string => codeOf(one, secret, steps);
const nextStep = (): void => clock.pass(0.5);
const wrong = (code: string): string => (code === "000000" ? "000001" : "000000");
const session = async (): Promise<Api> => {
  nextStep();
  return withToken((await login(codeNow())).ok.accessToken);
};
const refusals = (tries: { code: string | null }[]) => tries.map(({ code }) => code).filter((code) => code !== null);

/** An API client of a person whose login has the server's current time. */
const as = (who: User): Api => apiClient(one.base, () => deps.tokens.issueAccess(who.id, "0".repeat(24), clock.now()));

/** Events about the account in the community's log, as the committee reads them. */
async function rows(type: string) {
  await relay.drain();
  const clerk = as(await one.staff("committee"));
  const { items } = (await clerk.call("GET /api/audit", { query: { kind: "login", limit: 100 } })).ok;
  return items.filter((row) => row.type === type && row.data["userId"] === user.id);
}

describe("an account with a second factor", () => {
  it("requires password and code together", async () => {
    nextStep();
    expect((await login()).code).toBe("auth.second_factor_required");
    expect(
      (await anyone.call("POST /api/auth/password", { body: { account, password: "wrong", code: codeNow() } })).code,
    ).toBe("auth.password_invalid");
    expect((await login(wrong(codeNow()))).code).toBe("auth.second_factor_invalid");
    expect((await login(codeNow())).ok.user.id).toBe(user.id);
  });

  it("cannot be given another authenticator with the password only", async () => {
    const body = { account, password };
    expect((await anyone.call("POST /api/auth/second-factor", { body })).code).toBe("auth.second_factor_required");
    const confirm = { ...body, code: codeNow() };
    expect((await anyone.call("POST /api/auth/second-factor/confirm", { body: confirm })).code).toBe(
      "auth.second_factor_required",
    );
    expect(await deps.store.sessions.of([user.id])).toEqual([]);
  });

  it("accepts codes of one step before and after, and no others", async () => {
    clock.pass(5);
    for (const steps of [-2, 2]) expect((await login(codeNow(steps))).code).toBe("auth.second_factor_invalid");
    for (const steps of [-1, 0, 1]) expect((await login(codeNow(steps))).code).toBeNull();
  });

  it("accepts a code once, and none of an earlier step", async () => {
    // The code with which the factor was set up is used up.
    expect((await login(codeNow())).code).toBe("auth.second_factor_invalid");
    nextStep();
    const [before, now] = [codeNow(-1), codeNow()];
    expect((await login(now)).code).toBeNull();
    for (const code of [now, before]) expect((await login(code)).code).toBe("auth.second_factor_invalid");
  });

  it.each([[2], [8]])("accepts one of %i uses of the same code at two servers at once", async (many) => {
    for (let round = 0; round < 4; round++) {
      nextStep();
      const code = codeNow();
      const tries = await Promise.all(Array.from({ length: many }, (_, n) => login(code, n % 2 ? anyone : elsewhere)));
      expect(tries.filter((each) => each.code === null)).toHaveLength(1);
      for (const refused of refusals(tries)) expect(["auth.second_factor_invalid", "auth.locked"]).toContain(refused);
      clock.pass(61);
    }
  });

  it("accepts each recovery code once, in any spelling, also at two servers at once, and logs it", async () => {
    expect(new Set(recoveryCodes).size).toBe(10);
    const [first = "", second = "", third = ""] = recoveryCodes;
    expect((await login(first.toUpperCase().replace("-", " "))).code).toBeNull();
    expect((await login(first)).code).toBe("auth.second_factor_invalid");
    const both = await Promise.all([login(second), login(second, elsewhere)]);
    expect(refusals(both)).toEqual(["auth.second_factor_invalid"]);
    expect((await login(third)).code).toBeNull();
    expect((await rows("account.recovery_code_used")).map(({ data }) => Number(data["left"]))).toEqual([7, 8, 9]);
  });

  it("counts wrong codes as failures with growing waits at every server, each recorded; a right one clears them", async () => {
    nextStep();
    for (let n = 0; n < 5; n++) expect((await login(wrong(codeNow()))).code).toBe("auth.second_factor_invalid");
    for (const minutes of [1, 2, 4]) {
      expect((await login(codeNow())).code).toBe("auth.locked");
      expect((await login(recoveryCodes[0], elsewhere)).code).toBe("auth.locked");
      clock.pass(minutes);
      expect((await login(wrong(codeNow()))).code).toBe("auth.second_factor_invalid");
    }
    clock.pass(8);
    expect((await login(codeNow())).code).toBeNull();
    for (let n = 0; n < 4; n++) expect((await login(wrong(codeNow()))).code).toBe("auth.second_factor_invalid");
    await relay.drain();
    const query = { kind: "login", personId: user.id, limit: 100 } as const;
    const { items } = (await as(user).call("GET /api/audit", { query })).ok;
    expect(items.filter(({ data }) => data["how"] === "second_factor")).toHaveLength(12);
  });

  it("with thirty simultaneous attempts checks five", async () => {
    const tries = await Promise.all(
      Array.from({ length: 30 }, (_, n) => login(String(n).padStart(6, "0"), n % 2 ? anyone : elsewhere)),
    );
    expect(tries.filter(({ code }) => code === "auth.second_factor_invalid").length).toBeLessThanOrEqual(5);
    expect(tries.every(({ code }) => code === "auth.second_factor_invalid" || code === "auth.locked")).toBe(true);
  });

  it("stores no secret or recovery code that a dump reveals or permits to guess", async () => {
    nextStep();
    await login(codeNow());
    const dump = JSON.stringify(await one.dump());
    for (const told of [secret, ...recoveryCodes, ...recoveryCodes.map((code) => code.replace("-", ""))])
      expect(dump).not.toContain(told);
    // The secret is encrypted for this account, so in another account's document it cannot be decrypted.
    const { factor } = (await deps.store.identities.find("account", account))!;
    const victim = `victim-${count}`;
    const owner = await one.staff("committee");
    await giveAccount(one, owner, victim);
    await enrol(one, owner, victim);
    const connection = await connect(uri, name);
    await connection
      .collection("identities")
      .updateOne({ _id: `account:${victim}` as never }, { $set: { "factor.sealed": factor!.sealed } });
    await connection.close();
    nextStep();
    const typed = { account: victim, password, code: codeNow(), address };
    await expect(loginWithPassword(deps, typed, somewhere)).rejects.not.toMatchObject({ code: expect.any(String) });
  });

  it("is kept when the operator sets a one-time password: the code is asked for first, and a weak new password does not use it up", async () => {
    const { resetPassword } = await import("../../../server/core/usecases/accounts/give-account.ts");
    const { operator } = await import("../../../server/core/domain/people/posts.ts");
    const oneTime = await resetPassword(deps, { actor: operator, idempotency: null }, account);
    nextStep();
    const enter = (more: { newPassword?: string; code?: string }) =>
      anyone.call("POST /api/auth/password", { body: { account, password: oneTime, ...more } });
    const newPassword = "我家住在湖边第三棵树";
    expect((await enter({ code: codeNow() })).code).toBe("auth.password_temporary");
    expect((await enter({ newPassword })).code).toBe("auth.second_factor_required");
    expect((await enter({ newPassword: "short", code: codeNow() })).code).toBe("auth.password_weak");
    expect((await enter({ newPassword, code: wrong(codeNow()) })).code).toBe("auth.second_factor_invalid");
    expect((await enter({ newPassword, code: codeNow() })).code).toBeNull();
  });
});

describe("the own second factor", () => {
  const begin = (api: Api, body: { password: string; code?: string }) =>
    api.call("POST /api/me/second-factor", { body });
  const confirm = (api: Api, code: string) => api.call("POST /api/me/second-factor/confirm", { body: { code } });

  it("is set up with the password and a first code; every other login ends, and it is logged", async () => {
    const fresh = await one.staff("committee");
    [user, account] = [fresh, `fresh-${count}`];
    await giveAccount(one, fresh, account);
    const [thief, own] = [withToken((await login()).ok.accessToken), withToken((await login()).ok.accessToken)];
    expect((await confirm(own, "123456")).code).toBe("account.second_factor_not_begun");
    expect((await begin(own, { password: "wrong" })).code).toBe("account.password_wrong");
    const begun = (await begin(own, { password })).ok;
    expect(begun.uri).toBe(
      `otpauth://totp/${encodeURIComponent("店小二")}:${account}?issuer=${encodeURIComponent("店小二")}&secret=${begun.secret}&algorithm=SHA1&digits=6&period=30`,
    );
    // The factor is begun but not confirmed, so the password alone still logs in.
    const third = withToken((await login()).ok.accessToken);
    secret = begun.secret;
    expect((await confirm(own, wrong(codeNow()))).code).toBe("auth.second_factor_invalid");
    expect((await confirm(own, codeNow())).ok.recoveryCodes).toHaveLength(10);
    for (const ended of [thief, third]) expect((await ended.call("GET /api/me")).code).toBe("auth.session_ended");
    expect((await own.call("GET /api/me/account")).ok.account).toEqual({
      account,
      secondFactor: { since: clock.now().toISOString(), recoveryCodes: 10, required: false },
    });
    expect((await login()).code).toBe("auth.second_factor_required");
    expect(await rows("account.second_factor_on")).toHaveLength(1);
  });

  it("waits a quarter of an hour for its first code, and only the last shown secret is valid", async () => {
    const own = await session();
    nextStep();
    const first = (await begin(own, { password, code: codeNow() })).ok.secret;
    nextStep();
    const second = (await begin(own, { password, code: codeNow() })).ok.secret;
    expect((await confirm(own, codeOf(one, first))).code).toBe("auth.second_factor_invalid");
    clock.pass(15.5);
    expect((await confirm(as(user), codeOf(one, second))).code).toBe("account.second_factor_not_begun");
  });

  it("is moved to another phone with a code of the first one, which is then invalid", async () => {
    const own = await session();
    expect((await begin(own, { password })).code).toBe("auth.second_factor_required");
    nextStep();
    const old = secret;
    const { secret: fresh } = (await begin(own, { password, code: codeNow() })).ok;
    expect((await confirm(own, codeOf(one, fresh))).code).toBeNull();
    nextStep();
    expect((await login(codeOf(one, old))).code).toBe("auth.second_factor_invalid");
    expect((await login(recoveryCodes[0])).code).toBe("auth.second_factor_invalid");
    expect((await login(codeOf(one, fresh))).code).toBeNull();
  });

  it("replaces the remaining recovery codes by new ones", async () => {
    const own = await session();
    nextStep();
    const body = { password, code: codeNow() };
    const fresh = (await own.call("POST /api/me/second-factor/recovery-codes", { body })).ok.recoveryCodes;
    expect((await login(recoveryCodes[0])).code).toBe("auth.second_factor_invalid");
    expect((await login(fresh[0])).code).toBeNull();
  });

  it("is turned off with password and code where it is not required, and that is logged", async () => {
    const own = await session();
    const off = (code: string) => own.call("POST /api/me/second-factor/off", { body: { password, code } });
    nextStep();
    expect((await off(wrong(codeNow()))).code).toBe("auth.second_factor_invalid");
    expect((await off(codeNow())).code).toBeNull();
    expect((await login()).code).toBeNull();
    expect(await rows("account.second_factor_off")).toHaveLength(1);
    expect((await off("123456")).code).toBe("account.second_factor_off");
  });

  it("ends a login with the password alone that was under way", async () => {
    const fresh = await one.staff("committee");
    const named = `slow-${count}`;
    await giveAccount(one, fresh, named);
    const slow = {
      ...deps,
      passwords: {
        ...deps.passwords,
        async verify(given: string, hash: string | null) {
          const right = await deps.passwords.verify(given, hash);
          await enrol(one, fresh, named);
          return right;
        },
      },
    };
    // The account is read before the password is verified.
    await expect(loginWithPassword(slow, { account: named, password, address }, somewhere)).rejects.toMatchObject({
      code: "auth.password_invalid",
    });
    expect(await deps.store.sessions.of([fresh.id])).toEqual([]);
  });

  it("is kept when two accounts are merged", async () => {
    const survivor = await one.resident();
    const { mergeAccounts } = await import("../../../server/core/usecases/accounts/merge-accounts.ts");
    await mergeAccounts(deps, survivor, (await deps.store.users.find(user.id))!);
    nextStep();
    expect((await login()).code).toBe("auth.second_factor_required");
    expect((await login(codeNow())).ok.user.id).toBe(survivor.id);
  });
});
