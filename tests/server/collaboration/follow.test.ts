import { describe, expect, it } from "vitest";
import type { DomainEvent } from "../../../server/kernel/event.ts";
import type { Input } from "../../../contract/index.ts";
import type { User } from "../../../server/core/domain/accounts/user.ts";
import { createMemoryAnchors } from "../../../server/log/anchors.ts";
import { verifyLog } from "../../../server/log/verify-log.ts";
import { apiClient } from "../../support/api.ts";
import { liveAs } from "../../support/live.ts";
import { submission } from "../../support/requests.ts";
import { openWorld } from "../../support/world.ts";
import { worded } from "../../support/worded.ts";

const anchors = createMemoryAnchors();
const world = await openWorld({ anchors });
const { deps, relay, clock } = world;
type Body = Input<"POST /api/requests/near">["body"];

const SECRET = "蓝铁门里住着欧阳";
const dark = (over: Partial<Parameters<typeof submission>[0]> = {}) =>
  submission({ serviceCode: "light", description: `三楼楼道灯坏了，看不见台阶。${SECRET}`, ...over });
const wanted = (over: Partial<Body> = {}): Body => ({
  ...{ communityId: "east", serviceCode: "light", description: "楼道灯坏了好几天，晚上看不见台阶" },
  ...over,
});
const file = async (user: User, body = dark()) =>
  (await (await world.as(user)).call("POST /api/requests", { body })).ok.id;
const near = async (user: User, body = wanted()) =>
  (await (await world.as(user)).call("POST /api/requests/near", { body })).ok.items;
const follow = async (user: User, id: string) =>
  (await world.as(user)).call("POST /api/requests/:id/follow", { params: { id } });
const inboxOf = async (user: User) => {
  await relay.drain();
  return (await (await world.as(user)).call("GET /api/inbox")).ok.items;
};
/** Moves the clock so far that earlier requests are no longer found, so that a test finds only its own. */
const later = (): void => clock.pass(73 * 60);

describe("before filing", () => {
  it("similar requests of the same building are shown, the most similar first, without data of their owners", async () => {
    const [first, second] = [await world.resident(), await world.resident()];
    const other = await file(second, dark({ description: "车棚门口感应不灵" }));
    const same = await file(first);
    const items = await near(await world.resident());
    expect(items.map(({ id, alike }) => [id, alike])).toEqual([
      [same, true],
      [other, false],
    ]);
    expect(items[0]).toMatchObject({ serviceTitle: "楼道灯", building: "1号楼", status: "queued", mine: null });
    const told = JSON.stringify(items);
    expect(told).not.toContain(first.id);
    for (const secret of [SECRET, "台阶", first.name, "101", "单元"]) expect(worded(told)).not.toContain(secret);
  });

  it.each<[string, () => Promise<unknown>, Partial<Body>]>([
    ["another service", async () => undefined, { serviceCode: "leak" }],
    ["another building", async () => undefined, { building: "2号楼" }],
    ["another community", async () => undefined, { communityId: "west" }],
    ["72 hours ago", async () => later(), {}],
  ])("nothing of %s", async (_what, before, over) => {
    later();
    const resident = await world.resident();
    await file(resident);
    await file(resident, dark({ serviceCode: "leak" }));
    const asking = await world.resident();
    expect(await near(asking)).toHaveLength(1);
    await before();
    expect(await near(asking, wanted(over))).toEqual([]);
  });

  it("ended requests and private matters are not shown", async () => {
    later();
    const resident = await world.resident();
    const id = await file(resident);
    await (
      await world.as(resident)
    ).call("POST /api/requests/:id/withdraw", { params: { id }, body: { reason: "好了" } });
    await file(resident, submission());
    expect(await near(await world.resident())).toEqual([]);
    expect(await near(await world.resident(), wanted({ serviceCode: "parcel" }))).toEqual([]);
  });

  it("nothing is shown to people of other communities and to staff; the person's own requests are marked", async () => {
    later();
    const resident = await world.resident();
    await file(resident);
    expect(await near(await world.resident("west"), wanted({ building: "1号楼" }))).toEqual([]);
    expect(await near(await world.cadre(), wanted({ building: "1号楼" }))).toEqual([]);
    expect(await near(resident)).toMatchObject([{ mine: "filed" }]);
  });

  it("the number of results is limited", async () => {
    const api = await world.as(await world.resident());
    const answers = [];
    for (let n = 0; n < 61; n++) answers.push((await api.call("POST /api/requests/near", { body: wanted() })).code);
    expect(answers.filter((code) => code === "rate.limited")).toHaveLength(1);
  });
});

describe("following", () => {
  it("shows the progress, notifies in its own wording, and shows nothing else", async () => {
    later();
    const [owner, neighbour] = [await world.resident(), await world.resident()];
    const id = await file(owner);
    const params = { id };
    expect((await follow(neighbour, id)).ok).toMatchObject({
      ...{ progressOnly: true, followers: { count: 1, mine: true }, abilities: ["unfollow"], title: "楼道灯" },
    });
    const cadre = await world.as(await world.cadre("east", { name: "王敏" }));
    await cadre.call("POST /api/requests/:id/claim", { params });
    await cadre.call("POST /api/requests/:id/first-contact", { params, body: { note: `到${SECRET}家看过` } });
    await cadre.call("POST /api/requests/:id/note", { params, body: { text: SECRET } });
    await cadre.call("POST /api/requests/:id/internal-note", { params, body: { text: SECRET } });
    await cadre.call("POST /api/requests/:id/message", { params, body: { text: SECRET } });
    await cadre.call("POST /api/requests/:id/ask", { params, body: { text: `${SECRET}几楼？` } });
    await (await world.as(owner)).call("POST /api/requests/:id/answer", { params, body: { text: SECRET } });
    await cadre.call("POST /api/requests/:id/resolve", { params, body: { result: `换好了，${SECRET}` } });
    const told = await inboxOf(neighbour);
    expect(told.map(({ type }) => type).toReversed()).toEqual([
      ...["request.claimed", "request.contacted", "request.resolved"],
    ]);
    expect(told[0]?.text).toMatch(/^您跟进的诉求 .*王敏已办结/);

    const api = await world.as(neighbour);
    const seen = (await api.call("GET /api/requests/:id", { params })).ok;
    expect(seen).toMatchObject({ status: "resolved", handler: { name: "王敏" }, messages: [], followedBy: null });
    expect(seen.timeline.map(({ type }) => type)).toEqual([
      ...["request.submitted", "request.claimed", "request.contacted", "request.resolved"],
    ]);
    const listed = (await api.call("GET /api/requests", { query: { scope: "mine" } })).ok.items;
    expect(listed.map((request) => request.id)).toEqual([id]);
    const text = JSON.stringify([seen, told, listed]);
    expect(text).not.toContain(owner.id);
    for (const secret of [SECRET, owner.name, "101", "台阶"]) expect(worded(text)).not.toContain(secret);
  });

  it("is visible to staff with the number of followers; owner and other followers see no names", async () => {
    later();
    const [owner, one, two] = [await world.resident(), await world.resident(), await world.resident()];
    const id = await file(owner);
    for (const user of [one, two]) await follow(user, id);
    const read = async (user: User) =>
      (await (await world.as(user)).call("GET /api/requests/:id", { params: { id } })).ok;
    const staff = await read(await world.staff("committee"));
    expect(staff.followers).toEqual({ count: 2, mine: false });
    expect(staff.followedBy).toMatchObject([
      { name: `${one.name?.slice(0, 1)}**`, building: "1号楼" },
      { name: `${two.name?.slice(0, 1)}**` },
    ]);
    const [mine, theirs] = [JSON.stringify(await read(owner)), JSON.stringify(await read(one))];
    for (const trace of [two.id, two.name]) {
      expect(mine).not.toContain(trace);
      expect(theirs).not.toContain(trace);
    }
    expect((await read(owner)).followers).toEqual({ count: 2, mine: false });
    // A follow is notified to nobody.
    expect((await inboxOf(owner)).map(({ type }) => type)).not.toContain("request.followed");
  });

  it("ends on request, and with it notices and access", async () => {
    later();
    const [owner, neighbour] = [await world.resident(), await world.resident()];
    const id = await file(owner);
    await follow(neighbour, id);
    const api = await world.as(neighbour);
    expect((await api.call("POST /api/requests/:id/unfollow", { params: { id } })).code).toBeNull();
    expect((await api.call("GET /api/requests/:id", { params: { id } })).code).toBe("request.unknown");
    await (await world.as(await world.cadre())).call("POST /api/requests/:id/claim", { params: { id } });
    expect(await inboxOf(neighbour)).toEqual([]);
    expect(await near(neighbour)).toMatchObject([{ id, mine: null, followers: 0 }]);
  });

  it("gives live events of the progress and the own steps, not of others' messages", async () => {
    later();
    const [owner, neighbour] = [await world.resident(), await world.resident()];
    const id = await file(owner);
    await follow(neighbour, id);
    await relay.drain();
    const line = await liveAs(world, neighbour);
    const cadre = await world.as(await world.cadre());
    await cadre.call("POST /api/requests/:id/claim", { params: { id } });
    await cadre.call("POST /api/requests/:id/note", { params: { id }, body: { text: "看过了" } });
    await cadre.call("POST /api/requests/:id/first-contact", { params: { id }, body: { note: "说好了" } });
    await relay.drain();
    await world.tail.poll();
    await line.next("events");
    expect(line.heard().map((heard) => heard.split(" ")[1])).toEqual(["request.claimed", "request.contacted"]);
    line.drop();
  });

  it("is allowed for requests that could have been shown only", async () => {
    later();
    const owner = await world.resident();
    const [parcel, light] = [await file(owner, submission()), await file(owner)];
    const code = async (user: User, id: string) => (await follow(user, id)).code;
    expect(await code(await world.resident(), parcel)).toBe("request.unknown");
    expect(await code(await world.resident("west"), light)).toBe("request.unknown");
    expect(await code(owner, light)).toBe("request.not_allowed");
    later();
    expect(await code(await world.resident(), light)).toBe("request.unknown");
  });
});

describe("many at once", () => {
  it("ten times by one person counts as one follower", async () => {
    later();
    const id = await file(await world.resident());
    const neighbour = await world.resident();
    const codes = (await Promise.all(Array.from({ length: 10 }, () => follow(neighbour, id)))).map(({ code }) => code);
    expect(codes.filter((code) => code !== null && code !== "write.contended")).toEqual([]);
    expect((await deps.store.requests.load(id))?.request.party.followers).toHaveLength(1);
  });

  it("is limited in number, and each accepted follower is in the list", async () => {
    later();
    const owner = await world.resident();
    const id = await file(owner);
    const people = Array.from({ length: 99 }, (_, n) => ({ id: String(n).padStart(24, "0"), at: clock.now() }));
    const loaded = (await deps.store.requests.load(id))!;
    const { title: _t, urgency: _u, files: _f, building: _b, ...progress } = loaded.outbox[0]!.data;
    const data = { ...progress, followers: people.length };
    const event = {
      ...loaded.outbox[0]!,
      version: 2,
      type: "request.followed",
      data,
    } as DomainEvent<"request.followed">;
    await deps.store.requests.saveStep(id, { set: { party: { followers: people } }, event }, null);
    const latecomers = await Promise.all(Array.from({ length: 4 }, () => world.resident()));
    const codes = (await Promise.all(latecomers.map((user) => follow(user, id)))).map(({ code }) => code);
    const refused = codes.filter((code) => code !== null);
    expect(refused).toEqual(["request.state_conflict", "request.state_conflict", "request.state_conflict"]);
    expect((await deps.store.requests.load(id))?.request.party.followers).toHaveLength(100);
  });

  it("and a claim at the same moment both succeed", async () => {
    later();
    const id = await file(await world.resident());
    const cadre = await world.as(await world.cadre());
    const neighbour = await world.resident();
    const [claimed, followed] = await Promise.all([
      cadre.call("POST /api/requests/:id/claim", { params: { id } }),
      follow(neighbour, id),
    ]);
    expect([claimed.code, followed.code]).toEqual([null, null]);
    const { request } = (await deps.store.requests.load(id))!;
    expect([request.status, request.party.followers.length, request.version]).toEqual(["claimed", 1, 3]);
  });
});

describe("somebody who follows closes the account", () => {
  it("and is removed from lists and rows; the figures of the request stay, the log verifies", async () => {
    later();
    const anyone = await world.as(null);
    const phone = "13611119999";
    const { demoCode = "" } = (await anyone.call("POST /api/auth/otp", { body: { phone } })).ok;
    const session = (await anyone.call("POST /api/auth/otp/verify", { body: { phone, code: demoCode } })).ok;
    const api = apiClient(world.base, () => session.accessToken);
    const home = { communityId: "east", name: "尉迟某某", building: "1号楼", unit: "1单元", room: "1903" };
    await api.call("POST /api/me/registration", { body: home });
    const id = await file(await world.resident());
    const params = { id };
    expect((await api.call("POST /api/requests/:id/follow", { params })).code).toBeNull();
    await relay.drain();
    const code = (await api.call("POST /api/me/otp")).ok.demoCode ?? "";
    expect((await api.call("POST /api/me/close", { body: { proof: { kind: "phone", code } } })).status).toBe(204);
    await relay.drain();
    expect((await deps.store.requests.load(id))?.request.party.followers).toEqual([]);
    expect(JSON.stringify(await world.dump())).not.toContain("尉迟");

    const cadre = await world.as(await world.cadre());
    await cadre.call("POST /api/requests/:id/claim", { params });
    await cadre.call("POST /api/requests/:id/resolve", { params, body: { result: "换好了" } });
    await relay.drain();
    expect(await deps.handlingCycles.ofRequest(id)).toMatchObject([{ resolvedAt: clock.now(), resolvedLate: false }]);
    expect((await verifyLog(deps.store, deps.keys, anchors)).faults).toEqual([]);
  });
});
