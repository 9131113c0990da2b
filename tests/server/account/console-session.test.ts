import { describe, expect, it } from "vitest";
import type { Session } from "../../../contract/index.ts";
import { apiClient } from "../../support/api.ts";
import { codeOf, enrol, giveAccount, password } from "../../support/second-factor.ts";
import { openWorld } from "../../support/world.ts";

const world = await openWorld({ consoleSession: { idleMs: 30 * 60_000, absoluteMs: 12 * 3_600_000 } });
const { clock, deps } = world;

let accounts = 0;
/** A clerk with an account. */
async function clerk() {
  const user = await world.staff("committee");
  const account = `session-${++accounts}`;
  await giveAccount(world, user, account);
  return { user, account };
}

/** Logs in with a password, and refreshes with the cookie as the console does. */
async function enter(body: object, front = "console") {
  const headers = { "content-type": "application/json", "x-front": front };
  const post = (path: string, sent: object, more: Record<string, string> = {}) =>
    fetch(`${world.base}${path}`, { method: "POST", headers: { ...headers, ...more }, body: JSON.stringify(sent) });
  const opened = await post("/api/auth/password", body);
  const session = (await opened.json()) as Session;
  let cookie = opened.headers.getSetCookie()[0]?.split(";")[0] ?? "";
  let token = session.accessToken;
  const api = apiClient(world.base, () => token);
  return {
    session,
    api,
    use: async () => (await api.call("POST /api/auth/activity")).code,
    code: async () => (await api.call("GET /api/me")).code,
    /** The status of a refresh, whose token is used from then on. */
    async refresh(): Promise<number> {
      const sent = cookie ? {} : { refreshToken: session.refreshToken };
      const answer = await post("/api/auth/refresh", sent, { cookie });
      cookie = answer.headers.getSetCookie()[0]?.split(";")[0] ?? cookie;
      if (answer.ok) token = ((await answer.json()) as Session).accessToken;
      return answer.status;
    },
    take: (next: string) => (token = next),
  };
}
const loggedIn = async (front?: string) => enter({ account: (await clerk()).account, password }, front);

describe("a login of the console", () => {
  it("says when it ends; one of another front end has no such end", async () => {
    const endsAt = new Date(clock.now().getTime() + 12 * 3_600_000).toISOString();
    expect((await loggedIn()).session.console).toEqual({ idleSeconds: 1_800, endsAt });
    expect((await loggedIn("weapp")).session.console).toBeNull();
  });

  it("ends after 30 minutes in which nobody uses it, however often the page refreshes and reads", async () => {
    const { code, refresh } = await loggedIn();
    for (let minutes = 10; minutes < 30; minutes += 10) {
      clock.pass(10);
      expect(await refresh()).toBe(200);
      expect(await code()).toBeNull();
    }
    clock.pass(9);
    expect([await code(), await refresh()]).toEqual([null, 200]);
    clock.pass(1.1);
    expect([await code(), await refresh()]).toEqual(["auth.session_ended", 401]);
  });

  it("is not brought back by a use after its end", async () => {
    const { use, refresh } = await loggedIn();
    const id = (
      await deps.store.sessions.of([(await deps.store.identities.find("account", `session-${accounts}`))!.userId])
    )[0]!;
    clock.pass(31);
    expect(await use()).toBe("auth.session_ended");
    await deps.store.sessions.extend(id.id, new Date(clock.now().getTime() + 60_000), clock.now());
    expect(await refresh()).toBe(401);
  });

  it("goes on while somebody uses it, until 12 hours have passed", async () => {
    const { use, code, refresh } = await loggedIn();
    for (let minutes = 0; minutes < 700; minutes += 14) {
      clock.pass(14);
      expect(await use()).toBeNull();
      expect(await refresh()).toBe(200);
    }
    clock.pass(19);
    expect([await refresh(), await use()]).toEqual([200, null]);
    clock.pass(1.1);
    expect([await use(), await code(), await refresh()]).toEqual(["auth.session_ended", "auth.session_ended", 401]);
  });

  it("of the mini-program is not ended by either", async () => {
    const { refresh } = await loggedIn("weapp");
    clock.pass(13 * 60);
    expect(await refresh()).toBe(200);
  });

  it("that an earlier version opened for a month ends like a new one after its first refresh", async () => {
    const { session, refresh } = await loggedIn();
    const [stored] = await deps.store.sessions.of([session.user.id]);
    await deps.store.sessions.extend(stored!.id, new Date(clock.now().getTime() + 30 * 24 * 3_600_000), clock.now());
    clock.pass(6);
    expect(await refresh()).toBe(200);
    clock.pass(31);
    expect(await refresh()).toBe(401);
  });
});

describe("a protected step", () => {
  const required = { status: 403, code: "auth.reauthentication_required" };
  const invitation = { role: "cadre", name: "新来的", title: "网格员" } as const;
  const inClear = { communityId: "east", kind: "requests", format: "csv", clearFor: "上级检查" } as const;

  it("is refused five minutes after the password was given, also with a refreshed token, and taken once it is given again", async () => {
    const { api, refresh, take } = await loggedIn();
    const invite = () =>
      api.call("POST /api/communities/:id/invitations", { params: { id: "east" }, body: invitation });
    expect((await invite()).status).toBe(201);
    clock.pass(5.1);
    expect(await invite()).toMatchObject(required);
    await refresh();
    expect(await invite()).toMatchObject(required);
    expect((await api.call("POST /api/auth/reauthenticate", { body: { password: "wrong" } })).code).toBe(
      "account.password_wrong",
    );
    expect(await invite()).toMatchObject(required);
    take((await api.call("POST /api/auth/reauthenticate", { body: { password } })).ok.accessToken);
    expect((await invite()).status).toBe(201);
    clock.pass(5.1);
    expect(await invite()).toMatchObject(required);
  });

  it("needs the code, too, where the account has a second factor", async () => {
    const { user, account } = await clerk();
    const { secret } = await enrol(world, user, account);
    clock.pass(1);
    const { api } = await enter({ account, password, code: codeOf(world, secret) });
    const again = (code?: string) =>
      api.call("POST /api/auth/reauthenticate", { body: { password, ...(code ? { code } : {}) } });
    expect((await again()).code).toBe("auth.second_factor_required");
    expect((await again("000000")).code).toBe("auth.second_factor_invalid");
    // The code of the login was used up.
    expect((await again(codeOf(world, secret))).code).toBe("auth.second_factor_invalid");
    clock.pass(1);
    expect((await again(codeOf(world, secret))).code).toBeNull();
  });

  it("is each change of people and rights, and an export in clear and its download; a masked one is not", async () => {
    const { api, take } = await loggedIn();
    const colleague = await world.staff("committee");
    const [post] = colleague.memberships;
    const of = { id: "east", userId: colleague.id, postId: post!.id };
    take((await api.call("POST /api/auth/reauthenticate", { body: { password } })).ok.accessToken);
    const { id } = (await api.call("POST /api/exports", { body: inClear })).ok;
    clock.pass(5.1);
    const refused = [
      await api.call("PUT /api/communities/:id/people/:userId/posts/:postId", {
        params: of,
        body: { title: "主任", positions: [], dutyPhone: null },
      }),
      await api.call("POST /api/communities/:id/people/:userId/posts/:postId/end", {
        params: of,
        body: { reason: "调离" },
      }),
      await api.call("POST /api/communities/:id/people/:userId/second-factor/reset", { params: of }),
      await api.call("POST /api/communities/:id/clerks", {
        params: { id: "east" },
        body: { account: "newcomer", name: "新人", title: "干事" },
      }),
      await api.call("POST /api/exports", { body: inClear }),
      await api.call("POST /api/exports/:id/download", { params: { id } }),
    ];
    expect(refused.map(({ status, code }) => ({ status, code }))).toEqual(refused.map(() => required));
    const { clearFor: _reason, ...masked } = inClear;
    expect((await api.call("POST /api/exports", { body: masked })).status).toBe(201);
    expect((await deps.store.users.find(colleague.id))?.memberships).toHaveLength(1);
  });

  it("cannot be taken with the proof of another's session, or after the own one has ended", async () => {
    const [mine, theirs] = [await loggedIn(), await loggedIn()];
    clock.pass(5.1);
    const { accessToken } = (await mine.api.call("POST /api/auth/reauthenticate", { body: { password } })).ok;
    expect(
      (await theirs.api.call("POST /api/communities/:id/invitations", { params: { id: "east" }, body: invitation }))
        .code,
    ).toBe("auth.reauthentication_required");
    await mine.api.call("POST /api/auth/logout");
    mine.take(accessToken);
    expect(await mine.code()).toBe("auth.session_ended");
  });
});
