import { beforeAll, describe, expect, it } from "vitest";
import { toActor } from "../../../server/core/domain/accounts/user.ts";
import type { Deps } from "../../../server/deps.ts";
import { linkPhone } from "../../../server/core/usecases/accounts/link-phone.ts";
import { dispatchCommunity } from "../../../server/core/usecases/requests/dispatch-community.ts";
import { releaseDepartedStaff } from "../../../server/core/usecases/people/release-departed-staff.ts";
import { type Api, apiClient } from "../../support/api.ts";
import { publishRoster } from "../../support/published-roster.ts";
import { submission } from "../../support/requests.ts";
import { somewhere } from "../../support/second-factor.ts";
import { openWorld } from "../../support/world.ts";

const world = await openWorld();
const { deps, clock } = world;
clock.set("2026-03-02T18:00:00+08:00");
const { users } = deps.store;
const east = { id: "east" };
const boss = await world.staff("committee");

let anyone: Api;
let clerk: Api;
let resident: Api;
beforeAll(async () => {
  anyone = await world.as(null);
  clerk = await world.as(boss);
  resident = await world.as(await world.resident());
});

let count = 0;

/**
 * A cadre who has accepted the invitation in WeChat and is on duty. A counter has filed a request for the owner of the
 * same phone.
 */
async function cadreInWeChat() {
  const phone = String(13_500_000_000 + ++count);
  const person = { name: "林晓慧", phone, building: "1号楼", unit: "1单元", room: "101" };
  const filed = await clerk.call("POST /api/requests/for-resident", { body: { ...submission(), resident: person } });
  const openid = `o-cadre-${count}`;
  const login = await anyone.call("POST /api/auth/wechat", { body: { code: world.wechat.issueCode(openid) } });
  const { accessToken, user } = login.ok;
  const api = apiClient(world.base, () => accessToken);
  const invited = { role: "cadre" as const, name: "林晓慧", title: "干事", positions: ["综合"], dutyPhone: null };
  const { code } = (await clerk.call("POST /api/communities/:id/invitations", { params: east, body: invited })).ok;
  const me = (await api.call("POST /api/invitations/:code/accept", { params: { code: code! } })).ok;
  const until = new Date(clock.now().getTime() + 2 * 3_600_000).toISOString();
  await api.call("POST /api/duty/start", { body: { until } });
  const { residentId } = (await deps.store.requests.load(filed.ok.id))!.request;
  return {
    ...{ api, phone, openid, id: user.id, filedId: filed.ok.id },
    /** The account that the counter's filing created. */
    phones: residentId,
    /** Proves the phone with a code and continues as the resulting account. */
    async prove() {
      const { demoCode } = (await anyone.call("POST /api/auth/otp", { body: { phone } })).ok;
      const merged = (await api.call("POST /api/auth/otp/verify", { body: { phone, code: demoCode! } })).ok;
      return { user: merged.user, api: apiClient(world.base, () => merged.accessToken) };
    },
    async end() {
      const params = { ...east, userId: user.id, postId: me.memberships[0]!.id };
      const path = "POST /api/communities/:id/people/:userId/posts/:postId/end";
      return (await clerk.call(path, { params, body: { reason: "调走" } })).ok;
    },
  };
}

const file = async (): Promise<string> => (await resident.call("POST /api/requests", { body: submission() })).ok.id;
const stateOf = async (id: string) => (await deps.store.requests.load(id))!.request;
/** Links the phone without a code. */
const link = async (by: Deps, { id, phone }: { id: string; phone: string }) =>
  linkPhone(by, toActor((await users.find(id))!), phone, "phone", somewhere);
const idsOf = (found: readonly { id: string }[]): string[] => found.map(({ id }) => id);

describe("a cadre who proves a phone that already has an account", () => {
  it("keeps identity, duty and role in use, and is also the phone's resident", async () => {
    const cadre = await cadreInWeChat();
    const params = { id: await file() };
    await cadre.api.call("POST /api/requests/:id/claim", { params });
    const { user, api } = await cadre.prove();
    expect(user).toMatchObject({ id: cadre.id, actingAs: { role: "cadre" }, phone: expect.stringContaining("****") });
    const contact = await api.call("POST /api/requests/:id/first-contact", { params, body: { note: "已联系" } });
    expect(contact.code).toBeNull();
    expect((await api.call("GET /api/requests/:id", { params: { id: cadre.filedId } })).ok.resident.mine).toBe(true);

    // The duty continues, and requests can be claimed.
    expect(idsOf(await users.onDuty("east", clock.now()))).toContain(cadre.id);
    expect((await api.call("POST /api/requests/:id/claim", { params: { id: await file() } })).code).toBeNull();
    for (const staff of [await users.cadresOf("east"), await users.staffOf("east")])
      expect(idsOf(staff)).not.toContain(cadre.phones);
    const login = { body: { code: world.wechat.issueCode(cadre.openid) } };
    expect((await anyone.call("POST /api/auth/wechat", login)).ok.user.id).toBe(cadre.id);
    await cadre.end();
  });

  it("takes earlier offers, and gets new ones", async () => {
    const cadre = await cadreInWeChat();
    const first = await file();
    await dispatchCommunity(deps, "east");
    expect((await stateOf(first)).dispatch.offer?.cadreId).toBe(cadre.id);
    const { api } = await cadre.prove();
    const queue = (await api.call("GET /api/requests", { query: { scope: "queue" } })).ok.items;
    expect(queue.find(({ id }) => id === first)).toMatchObject({
      offer: { mine: true },
      abilities: ["claim", "decline"],
    });
    expect((await api.call("POST /api/requests/:id/claim", { params: { id: first } })).code).toBeNull();
    const next = await file();
    await dispatchCommunity(deps, "east");
    expect((await stateOf(next)).dispatch.offer?.cadreId).toBe(cadre.id);
    await cadre.end();
  });

  it("keeps the shifts of a published week, and loses them and open requests when the post ends", async () => {
    const [cadre, other] = [await cadreInWeChat(), await world.cadre("east", { onDuty: false })];
    await publishRoster(deps, boss, [cadre.id, other.id], other.id);
    const params = { id: await file() };
    await cadre.api.call("POST /api/requests/:id/claim", { params });
    const { api } = await cadre.prove();
    expect(await releaseDepartedStaff(deps, "east")).toEqual({ requests: 0, shifts: 0 });
    expect((await api.call("GET /api/me/shifts")).ok.shifts.length).toBeGreaterThan(1);

    expect(await cadre.end()).toMatchObject({ requests: 1 });
    expect(await stateOf(params.id)).toMatchObject({ status: "queued", handlerId: null });
    const [week] = await deps.store.rosterWeeks.between("east", "2026-03-02", "2026-03-02");
    // Shifts that have begun are kept, because they were worked.
    const after = week!.shifts.filter(({ day, cadreId }) => day > "2026-03-02" && cadreId !== other.id);
    expect(after).toEqual([]);
    expect((await api.call("GET /api/me")).code).toBe("auth.session_ended");
    expect(idsOf(await users.cadresOf("east"))).not.toContain(cadre.id);
  });

  it("stays two accounts when the phone's account holds a post, too", async () => {
    const cadre = await cadreInWeChat();
    const post = (await users.find((await world.staff("partner")).id))!.memberships;
    await users.update(cadre.phones, { memberships: post });
    expect((await cadre.prove()).user.id).toBe(cadre.phones);
    expect((await users.find(cadre.id))!.mergedInto).toBeNull();
    expect(idsOf(await users.cadresOf("east"))).toContain(cadre.id);
    // With one of the posts ended, the accounts can be merged.
    await cadre.end();
    expect((await link(deps, cadre)).user.id).toBe(cadre.phones);
    expect((await users.find(cadre.id))!.mergedInto).toBe(cadre.phones);
  });

  it.each<[string, (store: Deps["store"], crash: () => Promise<never>) => Partial<Deps["store"]>]>([
    ["its ways in were moved", (store, move) => ({ identities: { ...store.identities, move } })],
    ["its logins were moved", (store, move) => ({ sessions: { ...store.sessions, move } })],
    ["the other account was ended", (store, update) => ({ users: { ...store.users, update } })],
  ])("after a merge that crashed before %s is one with the next code", async (_when, broken) => {
    const cadre = await cadreInWeChat();
    const crash = () => Promise.reject(new Error("crash"));
    const crashing = { ...deps, store: { ...deps.store, ...broken(deps.store, crash) } };
    await expect(link(crashing, cadre)).rejects.toThrow("crash");
    expect((await cadre.prove()).user.id).toBe(cadre.id);
    expect(await users.find(cadre.id)).toMatchObject({ mergedIds: [cadre.phones], phone: expect.any(String) });
    expect((await users.find(cadre.phones))!.mergedInto).toBe(cadre.id);
    await cadre.end();
  });
});

it("an account that former versions merged with its posts has no staff role", async () => {
  const [cadre, office, partner] = [
    await world.cadre("west"),
    await world.staff("committee", ["west"]),
    await world.staff("partner", ["west"]),
  ];
  const organization = partner.memberships[0]!.organizationName!;
  const survivor = await world.resident("west");
  for (const { id } of [cadre, office, partner]) await users.update(id, { mergedInto: survivor.id });
  const later = new Date(clock.now().getTime() + 24 * 3_600_000);
  expect([
    await users.cadresOf("west"),
    await users.staffOf("west"),
    await users.onDuty("west", clock.now()),
    await users.dutiesOver("west", later),
    await users.holders("committee", "west"),
    await users.ofOrganization("west", organization),
    await users.organizations(["west"]),
  ]).toEqual([[], [], [], [], [], [], []]);
});

describe("one WeChat account that is linked to two phones at once", () => {
  it("goes into one of them, and stands in nobody else's accounts", async () => {
    for (let n = 0; n < Number(process.env["RACES"] ?? 6); n++) {
      const login = await anyone.call("POST /api/auth/wechat", {
        body: { code: world.wechat.issueCode(`o-two-${n}`) },
      });
      const mine = toActor((await users.find(login.ok.user.id))!);
      const phones = [0, 1].map((k) => String(13_600_000_000 + 2 * n + k));
      const holders = await Promise.all(phones.map((phone) => linkPhone(deps, null, phone, "phone", somewhere)));
      await Promise.all(phones.map((phone) => linkPhone(deps, mine, phone, "phone", somewhere)));
      const after = await users.findMany(holders.map(({ user }) => user.id));
      expect(after.filter(({ mergedIds }) => mergedIds.includes(mine.userId))).toHaveLength(1);
      const into = (await users.find(mine.userId))!.mergedInto;
      expect(after.find(({ mergedIds }) => mergedIds.includes(mine.userId))!.id).toBe(into);
    }
  });
});
