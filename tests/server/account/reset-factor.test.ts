import { beforeEach, describe, expect, it } from "vitest";
import { operator } from "../../../server/core/domain/people/posts.ts";
import type { User } from "../../../server/core/domain/accounts/user.ts";
import { removeFactors } from "../../../server/core/usecases/accounts/reset-factor.ts";
import { apiClient } from "../../support/api.ts";
import { codeOf, enrol, giveAccount, password } from "../../support/second-factor.ts";
import { openWorld } from "../../support/world.ts";

const world = await openWorld();
const { deps, clock, relay } = world;
const anyone = await world.as(null);

let count = 0;
let account: string;
let user: User;
let secret: string;
beforeEach(async () => {
  account = `clerk-${++count}`;
  user = await world.staff("committee");
  await giveAccount(world, user, account);
  ({ secret } = await enrol(world, user, account));
  clock.pass(0.5);
});

const login = (code?: string) =>
  anyone.call("POST /api/auth/password", { body: { account, password, ...(code === undefined ? {} : { code }) } });
async function loggedIn(): Promise<() => string> {
  const { accessToken } = (await login(codeOf(world, secret))).ok;
  return () => accessToken;
}

async function rows() {
  await relay.drain();
  const clerk = await world.as(await world.staff("committee"));
  const { items } = (await clerk.call("GET /api/audit", { query: { kind: "login", limit: 100 } })).ok;
  return items.filter(({ type, data }) => type === "account.second_factor_reset" && data["userId"] === user.id);
}

describe("a second factor whose phone and recovery codes are lost", () => {
  const reset = async (by: User, userId = user.id, id = "east") =>
    (await world.as(by)).call("POST /api/communities/:id/people/:userId/second-factor/reset", {
      params: { id, userId },
    });

  it("is reset by a colleague: every login ends, the password is still required, and the log names the colleague", async () => {
    const own = apiClient(world.base, await loggedIn());
    const colleague = await world.staff("committee");
    expect((await reset(colleague)).ok).toEqual({ reset: true });
    expect((await own.call("GET /api/me")).code).toBe("auth.session_ended");
    expect((await anyone.call("POST /api/auth/password", { body: { account, password: "wrong" } })).code).toBe(
      "auth.password_invalid",
    );
    expect((await login()).code).toBeNull();
    const [row, more] = await rows();
    expect(row).toMatchObject({ actor: { name: colleague.name }, data: { userId: user.id, name: user.name } });
    expect(more).toBeUndefined();
    expect((await reset(colleague)).ok).toEqual({ reset: false });
    expect(await rows()).toHaveLength(1);
  });

  it("cannot be reset by oneself, for anybody but clerks, or for a clerk of several communities", async () => {
    clock.pass(0.5);
    expect((await reset(user)).code).toBe("post.own");
    const colleague = await world.staff("committee");
    expect((await reset(colleague, (await world.cadre()).id)).code).toBe("post.unknown");
    const [held] = user.memberships;
    const west = { ...held!, id: "f".repeat(24), communityId: "west", communityIds: ["west"] };
    await deps.store.users.update(user.id, { memberships: [held!, west] });
    expect((await reset(colleague)).code).toBe("auth.forbidden");
    clock.pass(0.5);
    expect((await login(codeOf(world, secret))).code).toBeNull();
  });

  it("is removed only with its event: a crash between the two keeps it", async () => {
    const crashing = {
      ...deps,
      store: {
        ...deps.store,
        secondFactors: { ...deps.store.secondFactors, remove: () => Promise.reject(new Error("crash")) },
      },
    };
    const asking = { actor: operator, idempotency: null };
    const accounts = await deps.store.identities.accountsOf(user.id);
    await expect(removeFactors(crashing, asking, user, accounts)).rejects.toThrow("crash");
    expect((await login()).code).toBe("auth.second_factor_required");
    expect(await removeFactors(deps, asking, user, accounts)).toBe(true);
    expect(await rows()).toHaveLength(2);
  });
});
