import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { minuteOf } from "../../../server/core/domain/community/calendar.ts";
import type { User } from "../../../server/core/domain/accounts/user.ts";
import { departedStaff } from "../../../server/core/jobs/departed-staff.ts";
import { releaseDepartedStaff } from "../../../server/core/usecases/people/release-departed-staff.ts";
import type { Api } from "../../support/api.ts";
import { publishRoster } from "../../support/published-roster.ts";
import { submission } from "../../support/requests.ts";
import { monday } from "../../support/roster.ts";
import { openWorld } from "../../support/world.ts";

const world = await openWorld();
const { deps, relay } = world;
const east = { id: "east" };

const boss = await world.staff("committee");
let clerk: Api;
let resident: Api;
beforeAll(async () => {
  clerk = await world.as(boss);
  resident = await world.as(await world.resident());
});

let cadre: User;
let api: Api;
beforeEach(async () => {
  cadre = await world.cadre();
  api = await world.as(cadre);
});

const file = async (): Promise<string> => (await resident.call("POST /api/requests", { body: submission() })).ok.id;
const claim = (id: string) => api.call("POST /api/requests/:id/claim", { params: { id } });
const paramsOf = (user: User, communityId = "east") => ({
  id: communityId,
  userId: user.id,
  postId: user.memberships[0]!.id,
});
const end = (user: User, by = clerk) =>
  by.call("POST /api/communities/:id/people/:userId/posts/:postId/end", {
    params: paramsOf(user),
    body: { reason: "调到别处工作" },
  });
const stateOf = async (id: string) => (await deps.store.requests.load(id))!.request;

describe("somebody who leaves a post", () => {
  it("has no login from that moment on, whatever the token says", async () => {
    const phone = "13800001234";
    const { demoCode = "" } = (await (await world.as(null)).call("POST /api/auth/otp", { body: { phone } })).ok;
    const subject = deps.keys.blindIndex("phone", phone);
    await deps.store.identities.link({ kind: "phone", subject, userId: cadre.id });
    const session = (
      await (await world.as(null)).call("POST /api/auth/otp/verify", { body: { phone, code: demoCode } })
    ).ok;
    const me = () =>
      fetch(`${world.base}/api/me`, { headers: { authorization: `Bearer ${session.accessToken}` } }).then(
        (r) => r.status,
      );
    expect(await me()).toBe(200);
    await end(cadre);
    expect(await me()).toBe(401);
    const refresh = await (
      await world.as(null)
    ).call("POST /api/auth/refresh", {
      body: { refreshToken: session.refreshToken },
    });
    expect(refresh.code).toBe("auth.session_ended");
    // A person without a post may live in the community and can log in again as a resident.
    world.clock.pass(2);
    const code = (await (await world.as(null)).call("POST /api/auth/otp", { body: { phone } })).ok.demoCode ?? "";
    const again = (await (await world.as(null)).call("POST /api/auth/otp/verify", { body: { phone, code } })).ok;
    expect(again.user).toMatchObject({ memberships: [], actingAs: { role: "resident" } });
    const later = await fetch(`${world.base}/api/me`, { headers: { authorization: `Bearer ${again.accessToken}` } });
    expect(later.status).toBe(200);
  });

  it("leaves what was in hand to others, whatever state it was in, and keeps what was finished", async () => {
    const [claimed, handling, waiting, done] = [await file(), await file(), await file(), await file()];
    for (const id of [claimed, handling, waiting, done]) expect((await claim(id)).code).toBeNull();
    for (const id of [handling, waiting])
      await api.call("POST /api/requests/:id/first-contact", { params: { id }, body: { note: "打了电话" } });
    await api.call("POST /api/requests/:id/ask", { params: { id: waiting }, body: { text: "取件码是多少？" } });
    await api.call("POST /api/requests/:id/resolve", { params: { id: done }, body: { result: "取到了", fileIds: [] } });
    expect((await end(cadre)).ok).toEqual({ requests: 3, shifts: 0 });
    for (const id of [claimed, handling, waiting]) {
      const request = await stateOf(id);
      expect([request.status, request.handlerId, request.clocks.firstContactAt]).toEqual(["queued", null, null]);
      expect(request.clocks.pausedSince).toBeNull();
    }
    expect((await stateOf(done)).handlerId).toBe(cadre.id);
    await relay.drain();
    const told = (await resident.call("GET /api/inbox", { query: { limit: 50 } })).ok.items;
    expect(told.filter(({ type }) => type === "request.handed_back")).toHaveLength(3);
    const rows = (await clerk.call("GET /api/log", { query: { type: "role.ended" } })).ok.items;
    expect(rows.at(-1)?.data).toMatchObject({ name: cadre.name, role: "cadre", reason: "调到别处工作" });
  });

  it("is off the roster from then on, patterns and backups too; what was worked stays", async () => {
    const other = await world.cadre();
    await publishRoster(deps, boss, [cadre.id, other.id], cadre.id);
    const { shifts } = (await end(cadre)).ok;
    expect(shifts).toBeGreaterThan(0);
    const week = (await deps.store.rosterWeeks.between("east", monday, monday))[0]!;
    // The evening shift is in progress; only its worked part remains.
    const worked = [[1050, minuteOf(world.clock.now())]];
    expect(week.shifts.filter(({ cadreId }) => cadreId !== other.id)).toMatchObject([{ day: monday, spans: worked }]);
    expect(week.backups).toEqual([]);
    const plan = (await clerk.call("GET /api/communities/:id/roster/plan", { params: east })).ok;
    expect(plan.patterns.flatMap(({ cadreIds }) => cadreIds)).toEqual([other.id]);
    expect(await releaseDepartedStaff(deps, "east")).toEqual({ requests: 0, shifts: 0 });
    await end(other);
    const after = (await clerk.call("GET /api/communities/:id/roster/plan", { params: east })).ok;
    expect(after.patterns).toEqual([]);
  });

  it("and claims at the same moment holds nothing afterwards", async () => {
    for (let n = 0; n < 8; n++) {
      const leaver = await world.cadre();
      const racing = await world.as(leaver);
      const ids = [await file(), await file(), await file()];
      await Promise.all([
        end(leaver),
        ...ids.map((id) => racing.call("POST /api/requests/:id/claim", { params: { id } })),
      ]);
      await departedStaff.run(deps);
      for (const id of ids) expect((await stateOf(id)).handlerId).toBeNull();
    }
  });

  it("whom a crash caught after the first write is settled by the job", async () => {
    const id = await file();
    await claim(id);
    await deps.store.users.update(cadre.id, { memberships: [], actingAs: null });
    expect((await stateOf(id)).handlerId).toBe(cadre.id);
    await departedStaff.run(deps);
    expect((await stateOf(id)).status).toBe("queued");
  });

  it("is not the one who ends it, nor anybody but the committee of that community; twice is unknown", async () => {
    expect((await end(boss)).code).toBe("post.own");
    const others = [
      await world.staff("committee", ["west"]),
      await world.cadre(),
      await world.staff("supervisor", ["east", "west"]),
      await world.resident(),
    ];
    for (const user of others) expect((await end(cadre, await world.as(user))).code).toBe("auth.forbidden");
    const west = await world.as(others[0]!);
    const elsewhere = await west.call("POST /api/communities/:id/people/:userId/posts/:postId/end", {
      params: paramsOf(cadre, "west"),
      body: { reason: "不相干" },
    });
    expect(elsewhere.code).toBe("post.unknown");
    expect((await end(cadre)).code).toBeNull();
    expect((await end(cadre)).code).toBe("post.unknown");
  });
});

describe("a post", () => {
  const change = { title: "治保主任", positions: ["治安调解", "房修"], dutyPhone: null };

  it("is listed with who is on duty and how much is in hand, and changed with a row in the log", async () => {
    await claim(await file());
    const changed = await clerk.call("PUT /api/communities/:id/people/:userId/posts/:postId", {
      params: paramsOf(cadre),
      body: change,
    });
    expect(changed.ok).toMatchObject({ ...change, name: cadre.name, openRequests: 1 });
    const { items } = (await clerk.call("GET /api/communities/:id/people", { params: east })).ok;
    expect(items.find(({ userId }) => userId === cadre.id)).toMatchObject(change);
    expect(items.find(({ userId }) => userId === boss.id)).toMatchObject({ role: "committee", mine: true });
    await relay.drain();
    const rows = (await clerk.call("GET /api/audit", { query: { kind: "role", limit: 50 } })).ok.items;
    expect(rows.filter(({ type, data }) => type === "role.changed" && data["userId"] === cadre.id)).toHaveLength(1);
  });

  it("of another community is out of reach", async () => {
    const west = await world.as(await world.staff("committee", ["west"]));
    for (const communityId of ["east", "west"]) {
      const answer = await west.call("PUT /api/communities/:id/people/:userId/posts/:postId", {
        params: paramsOf(cadre, communityId),
        body: change,
      });
      expect(answer.code).toBe(communityId === "east" ? "auth.forbidden" : "post.unknown");
    }
    expect((await west.call("GET /api/communities/:id/people", { params: east })).code).toBe("auth.forbidden");
  });
});

describe("a colleague's account", () => {
  const account = { account: "Lina.Fang", name: "方丽娜", title: "社工" };
  const login = async (body: { password: string; newPassword?: string }) =>
    (await world.as(null)).call("POST /api/auth/password", { body: { account: "lina.fang", ...body } });

  it("opens with a password of one's own only, which the one-time password gives way to once", async () => {
    const { password } = (await clerk.call("POST /api/communities/:id/clerks", { params: east, body: account })).ok;
    expect(JSON.stringify(await world.dump())).not.toContain(password);
    expect((await login({ password })).code).toBe("auth.password_temporary");
    for (const weak of ["short", "aaaaaaaaaaaa", "password12345", "lina.fang-2026", password])
      expect((await login({ password, newPassword: weak })).code).toBe("auth.password_weak");
    const both = await Promise.all(
      ["我家住在湖边第三棵树", "月亮照着一辆旧自行车"].map((newPassword) => login({ password, newPassword })),
    );
    expect(both.map(({ code }) => String(code)).toSorted((a, b) => a.localeCompare(b))).toEqual([
      "auth.password_invalid",
      "null",
    ]);
    const winner = both.findIndex(({ code }) => code === null);
    const own = ["我家住在湖边第三棵树", "月亮照着一辆旧自行车"][winner]!;
    expect((await login({ password })).code).toBe("auth.password_invalid");
    expect((await login({ password: own })).ok.user.actingAs).toMatchObject({ role: "committee", communityId: "east" });
    await relay.drain();
    const rows = (await clerk.call("GET /api/audit", { query: { limit: 50 } })).ok.items;
    expect(rows.map(({ type }) => type)).toEqual(expect.arrayContaining(["account.activated", "role.granted"]));
  });

  it("is refused when the name is taken, and to others than the committee", async () => {
    const again = await clerk.call("POST /api/communities/:id/clerks", { params: east, body: account });
    expect(again.code).toBe("account.taken");
    const west = await world.as(await world.staff("committee", ["west"]));
    const elsewhere = await west.call("POST /api/communities/:id/clerks", { params: east, body: account });
    expect(elsewhere.code).toBe("auth.forbidden");
  });

  it("whose one-time password nobody used for three days is shut", async () => {
    const body = { ...account, account: "late-one" };
    const { password } = (await clerk.call("POST /api/communities/:id/clerks", { params: east, body })).ok;
    world.clock.pass(3 * 24 * 60);
    const late = await (
      await world.as(null)
    ).call("POST /api/auth/password", {
      body: { account: "late-one", password, newPassword: "我家住在湖边第三棵树" },
    });
    expect(late.code).toBe("auth.password_outdated");
  });
});
