import { describe, expect, it } from "vitest";
import type { Input } from "../../../contract/index.ts";
import type { User } from "../../../server/core/domain/accounts/user.ts";
import { apiClient } from "../../support/api.ts";
import { openWorld } from "../../support/world.ts";

const world = await openWorld();

let phones = 0;
const newPhone = (): string => `139${String(10_000_000 + ++phones)}`;
const elder = (phone = newPhone()) => ({ name: "孙桂珍", phone, building: "2号楼", unit: "1单元", room: "602" });
const words = { communityId: "east", serviceCode: "parcel", description: "腿脚不便，麻烦代取一个包裹" };

type ForResident = Input<"POST /api/requests/for-resident">["body"];
type ForFamily = Input<"POST /api/requests/for-family">["body"];
const forResident = (over: Partial<ForResident> = {}): ForResident => ({ ...words, resident: elder(), ...over });
const forFamily = (over: Partial<ForFamily> = {}): ForFamily => ({
  ...words,
  elder: elder(),
  relation: "parent",
  ...over,
});

/** Logs in by a code, as the owner of the phone. */
async function loginBy(phone: string) {
  const guest = apiClient(world.base, null);
  const { demoCode = "" } = (await guest.call("POST /api/auth/otp", { body: { phone } })).ok;
  const session = (await guest.call("POST /api/auth/otp/verify", { body: { phone, code: demoCode } })).ok;
  return { ...apiClient(world.base, () => session.accessToken), user: session.user };
}

const mine = async (api: Awaited<ReturnType<typeof loginBy>> | Awaited<ReturnType<typeof world.as>>) =>
  (await api.call("GET /api/requests", { query: { scope: "mine" } })).ok.items.map(({ id }) => id);

const inboxOf = async (user: User): Promise<string[]> => {
  await world.relay.drain();
  return (await (await world.as(user)).call("GET /api/inbox")).ok.items.map(({ text }) => text);
};

describe("代提交: a cadre files for somebody on the phone", () => {
  it("the resident owns it, and finds, reads and rates it on logging in with that phone", async () => {
    const cadre = await world.cadre("east", { name: "王敏" });
    const api = await world.as(cadre);
    const resident = elder();
    const filed = (await api.call("POST /api/requests/for-resident", { body: forResident({ resident }) })).ok;
    expect(filed.filedBy).toMatchObject({ as: "cadre", name: "王敏", mine: true, consent: null });
    expect(filed.resident.mine).toBe(false);

    const params = { id: filed.id };
    await api.call("POST /api/requests/:id/claim", { params });
    await api.call("POST /api/requests/:id/resolve", { params, body: { result: "已送到" } });

    const owner = await loginBy(resident.phone);
    expect(await mine(owner)).toEqual([filed.id]);
    const seen = (await owner.call("GET /api/requests/:id", { params })).ok;
    expect(seen).toMatchObject({ contact: { phone: resident.phone }, place: { room: "602" } });
    expect(seen.filedBy).toMatchObject({ as: "cadre", name: "王敏", mine: false });
    expect(seen.timeline[0]).toMatchObject({ type: "request.submitted", actor: { id: cadre.id, role: "cadre" } });
    const body = { outcome: "solved" as const, scores: { response: 5, attitude: 5, result: 5 } };
    expect((await owner.call("POST /api/requests/:id/rate", { params, body })).ok.status).toBe("closed");
  });

  it("belongs to the user who has that phone already", async () => {
    const phone = newPhone();
    const known = await loginBy(phone);
    const api = await world.as(await world.cadre());
    const { ok } = await api.call("POST /api/requests/for-resident", { body: forResident({ resident: elder(phone) }) });
    expect(ok.resident.id).toBe(known.user.id);
  });

  it("goes along when the owner's WeChat account and phone become one", async () => {
    const resident = elder();
    const api = await world.as(await world.cadre());
    const { id } = (await api.call("POST /api/requests/for-resident", { body: forResident({ resident }) })).ok;
    const guest = apiClient(world.base, null);
    const wechat = (
      await guest.call("POST /api/auth/wechat", { body: { code: world.wechat.issueCode("elder-openid") } })
    ).ok;
    const asWeChat = apiClient(world.base, () => wechat.accessToken);
    const { demoCode = "" } = (await guest.call("POST /api/auth/otp", { body: { phone: resident.phone } })).ok;
    const merged = (
      await asWeChat.call("POST /api/auth/otp/verify", { body: { phone: resident.phone, code: demoCode } })
    ).ok;
    expect(await mine(await loginBy(resident.phone))).toEqual([id]);
    expect((await apiClient(world.base, () => merged.accessToken).call("GET /api/requests")).ok.items).toHaveLength(1);
  });

  it("a clerk may, too", async () => {
    const api = await world.as(await world.staff("committee"));
    const { ok } = await api.call("POST /api/requests/for-resident", { body: forResident() });
    expect(ok.filedBy).toMatchObject({ as: "committee" });
  });

  it("is claimed by the cadre who filed it, who then sees the address", async () => {
    const api = await world.as(await world.cadre());
    const { ok } = await api.call("POST /api/requests/for-resident", { body: forResident() });
    expect(ok.abilities).toContain("claim");
    expect(ok.place).toMatchObject({ unit: "*", room: "*" });
    const claimed = (await api.call("POST /api/requests/:id/claim", { params: { id: ok.id } })).ok;
    expect(claimed.place).toMatchObject({ unit: "1单元", room: "602" });
  });

  it("made once, however often and however many at once it is sent; for one new phone, one user", async () => {
    const api = await world.as(await world.cadre());
    const body = forResident();
    const key = "phone-call-1";
    const all = await Promise.all(
      Array.from({ length: 8 }, () => api.call("POST /api/requests/for-resident", { body, key })),
    );
    expect(new Set(all.map(({ ok }) => ok.id)).size).toBe(1);
    const other = await api.call("POST /api/requests/for-resident", { body: forResident(), key });
    expect(other.code).toBe("idempotency.key_reused");
    const two = await Promise.all(
      Array.from({ length: 4 }, () => api.call("POST /api/requests/for-resident", { body })),
    );
    expect(new Set([...all, ...two].map(({ ok }) => ok.resident.id)).size).toBe(1);
  });

  it.each<[string, () => Promise<User>, Partial<ForResident>, string]>([
    ["a resident", () => world.resident(), {}, "auth.forbidden"],
    ["a partner", () => world.staff("partner"), {}, "auth.forbidden"],
    ["a cadre of another community", () => world.cadre("west"), {}, "service.only_there"],
    ["a building that is not there", () => world.cadre(), { resident: { ...elder(), building: "9号楼" } }, "registration.building_unknown"],
    ["a unit that is not there", () => world.cadre(), { resident: { ...elder(), unit: "7单元" } }, "registration.building_unknown"],
    ["an unknown service", () => world.cadre(), { serviceCode: "nothing" }, "service.unknown"],
    ["a phone that is none", () => world.cadre(), { resident: elder("021-5550") }, "input.invalid"],
  ])("is refused: %s", async (_what, who, over, code) => {
    const api = await world.as(await who());
    expect((await api.call("POST /api/requests/for-resident", { body: forResident(over) })).code).toBe(code);
  }); // prettier-ignore

  it("is refused for the cadre's own phone", async () => {
    const phone = newPhone();
    const { user } = await loginBy(phone);
    const cadre = await world.cadre();
    await world.deps.store.users.update(user.id, {
      memberships: cadre.memberships,
      actingAs: cadre.actingAs,
      name: "吴",
    });
    const api = await world.as(await world.deps.store.users.find(user.id));
    const answer = await api.call("POST /api/requests/for-resident", { body: forResident({ resident: elder(phone) }) });
    expect(answer.code).toBe("proxy_filing.own_phone");
  });

  it("leaves no phone, unit or room in the log or a dump, and the log still verifies", async () => {
    const resident = { ...elder(), room: "room-in-clear", unit: "2单元", building: "1号楼" };
    const api = await world.as(await world.cadre());
    await api.call("POST /api/requests/for-resident", { body: forResident({ resident }) });
    await world.relay.drain();
    const dump = JSON.stringify(await world.dump());
    expect(dump).not.toContain(resident.phone);
    expect(dump).not.toContain("room-in-clear");
    const rows = JSON.stringify(await world.deps.store.log.after("east", 0, 1000));
    expect(rows).not.toContain(resident.name);
  });
});

async function errand(over: Partial<ForFamily> = {}) {
  const child = await world.resident();
  const cadre = await world.cadre();
  const body = forFamily(over);
  const asChild = await world.as(child);
  const filed = (await asChild.call("POST /api/requests/for-family", { body })).ok;
  const params = { id: filed.id };
  const asCadre = await world.as(cadre);
  await asCadre.call("POST /api/requests/:id/claim", { params });
  await asCadre.call("POST /api/requests/:id/first-contact", { params, body: { note: "老人说膝盖刚动过手术" } });
  return { child, cadre, filed, params, asChild, asCadre, phone: body.elder.phone };
}
const read = async (api: Awaited<ReturnType<typeof world.as>>, params: { id: string }) =>
  (await api.call("GET /api/requests/:id", { params })).ok;

describe("代办: a family member files for an elder", () => {
  it("the elder owns it; the family member has it in the list, too, and is told", async () => {
    const { child, filed, asChild, phone, params } = await errand();
    expect(filed).toMatchObject({
      resident: { mine: false },
      filedBy: { as: "family", mine: true, relation: "parent" },
    });
    expect(await mine(asChild)).toContain(filed.id);
    const owner = await loginBy(phone);
    expect(await mine(owner)).toEqual([filed.id]);
    expect((await read(owner, params)).filedBy).toMatchObject({ name: child.name, consent: { state: "asked" } });
    expect(await inboxOf(child)).toEqual(expect.arrayContaining([expect.stringMatching(/接了您代办的诉求/)]));
  });

  it("until the elder agrees, the family member sees how far it is and nothing that was said", async () => {
    const { asChild, asCadre, params } = await errand();
    await asCadre.call("POST /api/requests/:id/message", { params, body: { text: "拐杖我给您带来" } });
    await asCadre.call("POST /api/requests/:id/ask", { params, body: { text: "医保卡放在哪里？" } });
    await asChild.call("POST /api/requests/:id/message", { params, body: { text: "麻烦您了" } });
    const seen = await read(asChild, params);
    expect(seen).toMatchObject({ status: "waiting", question: null });
    expect(seen.messages.map(({ text }) => text)).toEqual(["麻烦您了"]);
    for (const secret of ["膝盖", "拐杖", "医保卡"]) expect(JSON.stringify(seen)).not.toContain(secret);
    expect((await asChild.call("POST /api/requests/:id/answer", { params, body: { text: "抽屉" } })).code).toBe(
      "request.not_allowed",
    );
  });

  it("with consent, asked by the handler and kept in the log, everything but the rating", async () => {
    const { child, asChild, asCadre, params } = await errand();
    const consented = (
      await asCadre.call("POST /api/requests/:id/consent", { params, body: { agreed: true, how: "visit" } })
    ).ok;
    expect(consented.filedBy?.consent).toMatchObject({ state: "given", how: "visit", mayRate: false });
    expect(JSON.stringify(await read(asChild, params))).toContain("膝盖");
    await asCadre.call("POST /api/requests/:id/resolve", { params, body: { result: "办好了" } });
    expect((await read(asChild, params)).result?.text).toBe("办好了");
    const body = { outcome: "solved" as const, scores: { response: 5, attitude: 5, result: 5 } };
    expect((await asChild.call("POST /api/requests/:id/rate", { params, body })).code).toBe("request.not_allowed");
    await world.relay.drain();
    const { items } = (await asCadre.call("GET /api/log", { query: { requestId: params.id } })).ok;
    expect(items.find(({ type }) => type === "request.consented")?.data).toMatchObject({ agreed: true, how: "visit" });
    expect(await inboxOf(child)).toEqual(expect.arrayContaining([expect.stringMatching(/家人同意由您代办/)]));
  });

  it("with the elder's word for it, the family member rates", async () => {
    const { asChild, asCadre, params, phone } = await errand();
    await asCadre.call("POST /api/requests/:id/consent", { params, body: { agreed: true, mayRate: true } });
    await asCadre.call("POST /api/requests/:id/resolve", { params, body: { result: "办好了" } });
    const body = { outcome: "partly" as const, scores: { response: 4, attitude: 5, result: 3 } };
    expect((await asChild.call("POST /api/requests/:id/rate", { params, body })).ok.status).toBe("closed");
    expect((await read(await loginBy(phone), params)).rating?.outcome).toBe("partly");
  });

  it("refused, it is gone from the family member's list, and goes on for the elder", async () => {
    const { child, asChild, params, phone } = await errand();
    const owner = await loginBy(phone);
    await owner.call("POST /api/requests/:id/consent", { params, body: { agreed: false } });
    expect((await asChild.call("GET /api/requests/:id", { params })).code).toBe("request.unknown");
    expect((await asChild.call("POST /api/requests/:id/withdraw", { params, body: { reason: "x" } })).code).toBe(
      "request.unknown",
    );
    expect(await mine(asChild)).not.toContain(params.id);
    expect((await read(owner, params)).status).toBe("handling");
    const before = (await inboxOf(child)).length;
    await owner.call("POST /api/requests/:id/withdraw", { params, body: { reason: "不用了" } });
    expect(await inboxOf(child)).toHaveLength(before);
  });

  it("given, the elder may take it back", async () => {
    const { asChild, asCadre, params, phone } = await errand();
    await asCadre.call("POST /api/requests/:id/consent", { params, body: { agreed: true } });
    expect((await asCadre.call("POST /api/requests/:id/revoke-consent", { params })).code).toBe("request.not_allowed");
    expect((await (await loginBy(phone)).call("POST /api/requests/:id/revoke-consent", { params })).code).toBeNull();
    expect((await asChild.call("GET /api/requests/:id", { params })).code).toBe("request.unknown");
  });

  it("nobody else is let in: not another resident, not the family member's neighbour", async () => {
    const { params } = await errand();
    const answer = await (await world.as(await world.resident())).call("GET /api/requests/:id", { params });
    expect(answer.code).toBe("request.unknown");
  });

  it("tells the family member nothing of who has that phone", async () => {
    const known = await world.resident("east", { confirmed: true });
    const phone = newPhone();
    await world.deps.store.identities.link({
      kind: "phone",
      subject: world.deps.keys.blindIndex("phone", phone),
      userId: known.id,
    });
    const toKnown = await errand({ elder: elder(phone) });
    const toNobody = await errand();
    const shape = ({ resident, contact }: Awaited<ReturnType<typeof read>>) => ({
      tier: resident.tier,
      name: resident.name,
      contact: contact.name,
    });
    expect(shape(await read(toKnown.asChild, toKnown.params))).toEqual(
      shape(await read(toNobody.asChild, toNobody.params)),
    );
    expect(JSON.stringify(await read(toKnown.asChild, toKnown.params))).not.toContain(known.name);
  });

  it.each<[string, () => Promise<User>, Partial<ForFamily>, string]>([
    ["somebody who has not registered", () => world.cadre(), {}, "registration.required"],
    ["a building that is not there", () => world.resident(), { elder: { ...elder(), building: "9号楼" } }, "registration.building_unknown"],
    ["an unknown community", () => world.resident(), { communityId: "nowhere" }, "community.unknown"],
  ])("is refused: %s", async (_what, who, over, code) => {
    const api = await world.as(await who());
    expect((await api.call("POST /api/requests/for-family", { body: forFamily(over) })).code).toBe(code);
  }); // prettier-ignore

  it("is refused for one's own phone, and after ten a day", async () => {
    const child = await world.resident();
    const api = await world.as(child);
    const own = world.deps.keys.open(child.registration!.phone, "phone");
    const refused = await api.call("POST /api/requests/for-family", { body: forFamily({ elder: elder(own) }) });
    expect(refused.code).toBe("proxy_filing.own_phone");
    const codes = [];
    for (let n = 0; n < 11; n++)
      codes.push((await api.call("POST /api/requests/for-family", { body: forFamily() })).code);
    expect(codes.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => null));
    expect(codes[10]).toBe("rate.limited");
  });
});
