import { describe, expect, it } from "vitest";
import { INSTALLATION } from "../../../server/core/domain/audit/audit.ts";
import { sweepFiles } from "../../../server/core/usecases/files/sweep-files.ts";
import type { DomainEvent } from "../../../server/kernel/event.ts";
import { createMemoryAnchors } from "../../../server/log/anchors.ts";
import { verifyLog } from "../../../server/log/verify-log.ts";
import { newcomers } from "../../support/newcomer.ts";
import { phonePhoto } from "../../support/photos.ts";
import { submission } from "../../support/requests.ts";
import { openWorld } from "../../support/world.ts";

const anchors = createMemoryAnchors();
const world = await openWorld({ anchors });
const { deps, relay } = world;
const anyone = await world.as(null);
const { close, loggedIn, newcomer, ownCode, withToken } = newcomers(world);
const SECRET = "取件码八二一";

describe("closing an account", () => {
  it("withdraws open requests, notifies their handlers, and leaves no trace of the person; the log verifies", async () => {
    const { phone, api, id } = await newcomer();
    const cadre = await world.cadre();
    const his = await world.as(cadre);
    const file = async () =>
      (await api.call("POST /api/requests", { body: submission({ description: SECRET }) })).ok.id;
    const [held, done, queued] = [await file(), await file(), await file()];
    for (const request of [held, done]) await his.call("POST /api/requests/:id/claim", { params: { id: request } });
    const params = { id: done };
    await api.call("POST /api/requests/:id/message", { params, body: { text: `${SECRET}，在门口` } });
    const photo = (await deps.files.stage(cadre.id, await phonePhoto(), deps.clock.now())).id;
    await his.call("POST /api/requests/:id/message", { params, body: { text: "门口这样", fileIds: [photo] } });
    await his.call("POST /api/requests/:id/note", { params, body: { text: `已到 1903，${SECRET}` } });
    await his.call("POST /api/requests/:id/resolve", { params, body: { result: `${SECRET}已送到` } });
    await relay.drain();

    world.clock.pass(120);
    // The hourly sweep marks the photo as shown by a message.
    await sweepFiles(deps);
    expect(await deps.files.describe([photo])).toHaveLength(1);

    expect((await close(await world.as(await deps.store.users.find(id)))).status).toBe(204);
    await relay.drain();
    await sweepFiles(deps);
    expect(await deps.files.describe([photo])).toEqual([]);
    const left = JSON.stringify(await world.dump());
    for (const trace of [phone, "尉迟", SECRET, "1903"]) expect(left).not.toContain(trace);
    const status = async (request: string) => (await deps.store.requests.load(request))!.request.status;
    expect([await status(held), await status(done), await status(queued)]).toEqual([
      "withdrawn",
      "resolved",
      "withdrawn",
    ]);
    const told = (await his.call("GET /api/inbox")).ok.items.map(({ type, requestId }) => `${type} ${requestId}`);
    expect(told).toContain(`request.withdrawn ${held}`);
    expect((await verifyLog(deps.store, deps.keys, anchors)).faults).toEqual([]);
    const rows = await deps.store.log.ofResidents([id], 100);
    expect(rows.map(({ type }) => type)).toContain("account.closed");
    // The name of the cadre who claimed is not the resident's personal data. It stays as proof of duty.
    expect(rows.find(({ type }) => type === "request.claimed")!.payload).toContain(cadre.name);
  });

  it("leaves other people's requests alone: an elder's request continues, without the name of the person who filed it", async () => {
    const { api } = await newcomer();
    const neighbour = await world.as(await world.resident());
    const theirs = (await neighbour.call("POST /api/requests", { body: submission() })).ok.id;
    const elder = { name: "孙桂珍", phone: "13900000001", building: "1号楼", unit: "1单元", room: "101" };
    const body = { ...submission({ description: "帮老人取药" }), elder, relation: "parent" as const };
    const errand = (await api.call("POST /api/requests/for-family", { body })).ok.id;
    expect((await close(api)).status).toBe(204);
    await relay.drain();
    for (const id of [theirs, errand]) expect((await deps.store.requests.load(id))!.request.status).toBe("queued");
    expect((await deps.store.requests.load(errand))!.request).toMatchObject({
      content: { description: "帮老人取药" },
      party: { filedBy: { name: "" } },
    });
    expect(JSON.stringify(await world.dump())).not.toContain("尉迟");
  });

  it("ends open callbacks by a step, so that none is late afterwards", async () => {
    const { api, id } = await newcomer();
    const [his, desk] = [await world.as(await world.cadre()), await world.as(await world.staff("committee"))];
    const params = { id: (await api.call("POST /api/requests", { body: submission() })).ok.id };
    await his.call("POST /api/requests/:id/claim", { params });
    await his.call("POST /api/requests/:id/resolve", { params, body: { result: "送到了" } });
    const scores = { response: 5, attitude: 1, result: 5 };
    await api.call("POST /api/requests/:id/rate", { params, body: { outcome: "partly", scores } });
    const due = async () =>
      (await desk.call("GET /api/requests", { query: { attention: "callback" } })).ok.items.length;
    expect(await due()).toBe(1);
    expect((await close(api)).status).toBe(204);
    expect(await due()).toBe(0);
    expect((await deps.store.requests.load(params.id))!.request).toMatchObject({
      outcome: { callback: null },
      clocks: { dueAt: null },
    });
    await relay.drain();
    const rows = await deps.store.log.ofResidents([id], 100);
    expect(rows.map(({ type }) => type)).toContain("request.callback_ended");
    expect((await verifyLog(deps.store, deps.keys, anchors)).faults).toEqual([]);
  });

  it("of somebody who never registered covers requests that a counter filed for that phone, and their log", async () => {
    const phone = "13900000077";
    const his = await world.as(await world.cadre());
    const home = { building: "1号楼", unit: "1单元", room: "101" };
    const body = { ...submission({ description: SECRET }), resident: { name: "尉迟老人", phone, ...home } };
    const params = { id: (await his.call("POST /api/requests/for-resident", { body })).ok.id };
    await his.call("POST /api/requests/:id/claim", { params });
    await his.call("POST /api/requests/:id/note", { params, body: { text: `${SECRET}，已取` } });
    await relay.drain();
    const { api, id, session } = await loggedIn(phone);
    expect(session.user.tier).toBe("guest");
    expect((await close(api)).status).toBe(204);
    await relay.drain();
    const left = JSON.stringify(await world.dump());
    for (const trace of [phone, "尉迟", SECRET]) expect(left).not.toContain(trace);
    // The event belongs to no community.
    const rows = await deps.store.log.ofResidents([id], 100);
    expect(rows.find(({ type }) => type === "account.closed")?.communityId).toBe(INSTALLATION);
    expect((await verifyLog(deps.store, deps.keys, anchors)).faults).toEqual([]);
  });

  it("ends every login at once; the same phone starts with a new account", async () => {
    const { phone, api, session } = await newcomer();
    await close(api);
    expect((await api.call("GET /api/me")).code).toBe("auth.session_ended");
    const { refreshToken } = session;
    expect((await anyone.call("POST /api/auth/refresh", { body: { refreshToken } })).code).toBe("auth.session_ended");
    const { demoCode } = (await anyone.call("POST /api/auth/otp", { body: { phone } })).ok;
    const again = (await anyone.call("POST /api/auth/otp/verify", { body: { phone, code: demoCode! } })).ok;
    expect(again.user).toMatchObject({ tier: "guest", name: null });
    expect(again.user.id).not.toBe(session.user.id);
  });

  it("erases texts that are written about the person afterwards, too", async () => {
    const { api, id } = await newcomer();
    const cadre = await world.as(await world.cadre());
    const request = (await api.call("POST /api/requests", { body: submission() })).ok.id;
    await cadre.call("POST /api/requests/:id/claim", { params: { id: request } });
    await cadre.call("POST /api/requests/:id/resolve", { params: { id: request }, body: { result: "办好了" } });
    await close(api);
    await relay.drain();
    // An event that another process wrote before the closing and that is relayed after it.
    const { request: now } = (await deps.store.requests.load(request))!;
    const late: DomainEvent<"request.noted"> = {
      ...{ version: 1, type: "request.noted", at: deps.clock.now(), communityId: "east", requestId: request },
      ...{ requestNo: now.no, serviceCode: "parcel", actor: { id: "c", role: "cadre", name: "某干部" } },
      subjects: { residentId: id, handlerId: null, previousHandlerId: null },
      about: { kind: "request", id: request, no: now.no },
      data: { status: "resolved", respondBy: null, resolveBy: null, messageId: "e".repeat(24), text: "尉迟先生说谢谢" },
    };
    const note = {
      ...{ id: "e".repeat(24), requestId: request, kind: "note" as const, at: late.at },
      ...{ author: late.actor, text: "", fileIds: [] },
    };
    await deps.store.messages.insert(note, late, null);
    await relay.drain();
    expect(JSON.stringify(await world.dump())).not.toContain("尉迟先生");
    expect((await verifyLog(deps.store, deps.keys, anchors)).faults).toEqual([]);
  });

  it("that was interrupted is completed from the log", async () => {
    const { phone, api, id } = await newcomer();
    await api.call("POST /api/requests", { body: submission({ description: SECRET }) });
    const { closeAccount } = await import("../../../server/core/usecases/accounts/close-account.ts");
    const { toActor } = await import("../../../server/core/domain/accounts/user.ts");
    const code = await ownCode(api);
    const identities = { ...deps.store.identities, removeOf: () => Promise.reject(new Error("crash")) };
    const dying = { ...deps, store: { ...deps.store, identities } };
    const actor = toActor((await deps.store.users.find(id))!);
    await expect(closeAccount(dying, actor, { kind: "phone", code }, "127.0.0.1")).rejects.toThrow("crash");
    await relay.drain();
    const left = JSON.stringify(await world.dump());
    for (const trace of [phone, "尉迟", SECRET]) expect(left).not.toContain(trace);
    expect(await deps.store.identities.has("phone", id)).toBe(false);
  });

  it("requires a fresh proof of identity", async () => {
    const { api } = await newcomer();
    const wrong = { kind: "phone", code: "000000" } as const;
    expect((await api.call("POST /api/me/close", { body: { proof: wrong } })).code).toBe("auth.otp_expired");
    const stranger = { kind: "wechat", code: world.wechat.issueCode("o-stranger") } as const;
    expect((await api.call("POST /api/me/close", { body: { proof: stranger } })).code).toBe("auth.wechat_code_invalid");
    expect((await api.call("GET /api/me")).ok.name).toBe("尉迟某某");
  });

  it("with a fresh WeChat login works for people without a phone", async () => {
    const login = { body: { code: world.wechat.issueCode("o-leaver") } };
    const { accessToken, user } = (await anyone.call("POST /api/auth/wechat", login)).ok;
    const api = withToken(accessToken);
    expect((await api.call("POST /api/me/otp")).code).toBe("account.no_phone");
    const proof = { kind: "wechat", code: world.wechat.issueCode("o-leaver") } as const;
    expect((await api.call("POST /api/me/close", { body: { proof } })).status).toBe(204);
    expect((await api.call("GET /api/me")).code).toBe("auth.session_ended");
    const again = (await anyone.call("POST /api/auth/wechat", { body: { code: world.wechat.issueCode("o-leaver") } }))
      .ok;
    expect(again.user.id).not.toBe(user.id);
  });

  it("is refused for somebody with a post", async () => {
    const cadre = await world.as(await world.cadre());
    const proof = { kind: "phone", code: "123456" } as const;
    expect((await cadre.call("POST /api/me/close", { body: { proof } })).code).toBe("account.holds_post");
  });
});

describe("the phone button", () => {
  it("links a WeChat user's phone, and merges two accounts", async () => {
    const { phone, id } = await newcomer();
    const { accessToken } = (
      await anyone.call("POST /api/auth/wechat", { body: { code: world.wechat.issueCode("o-20") } })
    ).ok;
    const code = world.wechat.issuePhoneCode(phone);
    const linked = (await withToken(accessToken).call("POST /api/me/phone", { body: { code } })).ok;
    expect(linked.user).toMatchObject({ id, name: "尉迟某某", phone: expect.stringContaining("****") });
    expect((await withToken(accessToken).call("GET /api/me")).code).toBe("auth.session_ended");
    const used = await withToken(linked.accessToken).call("POST /api/me/phone", { body: { code } });
    expect(used).toMatchObject({ status: 401, code: "auth.wechat_phone_invalid" });
  });
});
