import { describe, expect, it } from "vitest";
import { submission } from "../../support/requests.ts";
import { openWorld } from "../../support/world.ts";

const world = await openWorld();
const { deps, clock } = world;
const home = {
  communityId: "east",
  name: "吴十一",
  phone: "13912345678",
  building: "1号楼",
  unit: "2单元",
  room: "502",
};

async function guest() {
  const user = await deps.store.users.create({});
  return { user, api: await world.as(user) };
}

describe("registration", () => {
  it("makes a guest a registered resident, who sees the home in full and the phone masked", async () => {
    const { api } = await guest();
    const me = (await api.call("POST /api/me/registration", { body: home })).ok;
    expect(me).toMatchObject({
      tier: "registered",
      name: "吴十一",
      registration: { building: "1号楼", unit: "2单元", room: "502", phone: "139****5678", confirmedAt: null },
    });
  });

  it.each([
    ["a community that is not there", { communityId: "nowhere" }, 404, "community.unknown"],
    ["a building that is not there", { building: "9号楼" }, 422, "registration.building_unknown"],
    ["a unit that the building has not", { unit: "3单元" }, 422, "registration.building_unknown"],
    ["a phone that is none", { phone: "021-5550" }, 422, "input.invalid"],
    ["no phone, when none is known", { phone: undefined }, 422, "registration.phone_missing"],
    ["no name", { name: " " }, 422, "input.invalid"],
  ])("refuses %s, and changes nothing", async (_what, over, status, code) => {
    const { api } = await guest();
    expect(await api.call("POST /api/me/registration", { body: { ...home, ...over } })).toMatchObject({ status, code });
    expect((await api.call("GET /api/me")).ok.tier).toBe("guest");
  });

  it("keeps the confirmation when only the phone changes, and loses it when the home does", async () => {
    const { user, api } = await guest();
    const desk = await world.as(await world.staff("committee"));
    await api.call("POST /api/me/registration", { body: home });
    await desk.call("POST /api/residents/:id/confirm", { params: { id: user.id } });
    expect((await api.call("POST /api/me/registration", { body: { ...home, phone: "13987654321" } })).ok.tier).toBe(
      "confirmed",
    );
    expect((await api.call("POST /api/me/registration", { body: { ...home, room: "601" } })).ok.tier).toBe(
      "registered",
    );
  });

  it("keeps the registered or verified phone when none is given", async () => {
    const { phone: _phone, ...homeOnly } = home;
    const { api } = await guest();
    await api.call("POST /api/me/registration", { body: home });
    const moved = await api.call("POST /api/me/registration", { body: { ...homeOnly, room: "601" } });
    expect(moved.ok.registration).toMatchObject({ room: "601", phone: "139****5678" });

    const verified = await deps.store.users.create({ phone: deps.keys.seal("13700001111", "phone") });
    const reply = await (await world.as(verified)).call("POST /api/me/registration", { body: homeOnly });
    expect(reply.ok.registration).toMatchObject({ phone: "137****1111" });
  });

  it("does not rename a cadre, whose name the committee sets", async () => {
    const cadre = await world.cadre("east", { name: "郑干部" });
    const api = await world.as(cadre);
    expect((await api.call("POST /api/me/registration", { body: home })).ok.name).toBe("郑干部");
  });

  it("leaves no readable phone, unit or room in the database or the log", async () => {
    const { api } = await guest();
    await api.call("POST /api/me/registration", { body: { ...home, phone: "13666677788", room: "ROOM-4711" } });
    await world.relay.drain();
    const dump = JSON.stringify(await world.dump());
    expect(dump).not.toContain("13666677788");
    expect(dump).not.toContain("ROOM-4711");
  });
});

describe("confirming a home", () => {
  it("is refused for the own home; a colleague confirms it", async () => {
    const clerk = await world.staff("committee");
    const own = await world.as(clerk);
    await own.call("POST /api/me/registration", { body: home });
    const params = { id: clerk.id };
    const refused = await own.call("POST /api/residents/:id/confirm", { params });
    expect([refused.status, refused.code]).toEqual([403, "resident.not_served_by_you"]);
    const colleague = await world.as(await world.staff("committee"));
    expect((await colleague.call("POST /api/residents/:id/confirm", { params })).ok.tier).toBe("confirmed");
  });

  async function registered() {
    const { user, api } = await guest();
    await api.call("POST /api/me/registration", { body: home });
    return { user, api };
  }

  it("is done once by the committee, and is in the log", async () => {
    const { user, api } = await registered();
    const clerk = await world.staff("committee");
    const desk = await world.as(clerk);
    const confirmed = (await desk.call("POST /api/residents/:id/confirm", { params: { id: user.id } })).ok;
    expect(confirmed).toMatchObject({ tier: "confirmed", confirmedBy: clerk.name, unit: "*", room: "*" });
    clock.pass(5);
    const again = (await desk.call("POST /api/residents/:id/confirm", { params: { id: user.id } })).ok;
    expect(again.confirmedAt).toBe(confirmed.confirmedAt);
    expect((await api.call("GET /api/me")).ok.tier).toBe("confirmed");
    await world.relay.drain();
    const rows = (await desk.call("GET /api/log", { query: { type: "resident.confirmed", limit: 100 } })).ok.items;
    expect(rows.filter(({ id }) => id.startsWith(user.id))).toHaveLength(1);
    expect((await api.call("GET /api/inbox")).ok.items.map(({ type }) => type)).toEqual(["resident.confirmed"]);
  });

  it("is allowed also for a cadre who has handled the resident's request, and for no other cadre", async () => {
    const { user, api } = await registered();
    const [server, other] = [await world.as(await world.cadre()), await world.as(await world.cadre())];
    const confirm = { params: { id: user.id } };
    expect((await server.call("POST /api/residents/:id/confirm", confirm)).code).toBe("resident.not_served_by_you");
    const { id } = (await api.call("POST /api/requests", { body: submission() })).ok;
    await server.call("POST /api/requests/:id/claim", { params: { id } });
    expect((await other.call("POST /api/residents/:id/confirm", confirm)).code).toBe("resident.not_served_by_you");
    expect((await server.call("POST /api/residents/:id/confirm", confirm)).ok.tier).toBe("confirmed");
  });

  it("is refused to a cadre for the own home", async () => {
    const cadre = await world.cadre();
    const api = await world.as(cadre);
    await api.call("POST /api/me/registration", { body: home });
    expect((await api.call("POST /api/residents/:id/confirm", { params: { id: cadre.id } })).code).toBe(
      "resident.not_served_by_you",
    );
  });

  it.each([
    ["a resident", "resident"],
    ["a supervisor", "supervisor"],
    ["a partner", "partner"],
  ] as const)("is not for %s", async (_who, role) => {
    const { user } = await registered();
    const api = await world.as(role === "resident" ? await world.resident() : await world.staff(role));
    expect(await api.call("POST /api/residents/:id/confirm", { params: { id: user.id } })).toMatchObject({
      status: 403,
      code: "auth.forbidden",
    });
  });

  it("finds no resident of another community, and no unregistered one", async () => {
    const { user } = await registered();
    const west = await world.as(await world.staff("committee", ["west"]));
    expect((await west.call("POST /api/residents/:id/confirm", { params: { id: user.id } })).code).toBe(
      "resident.unknown",
    );
    const desk = await world.as(await world.staff("committee"));
    const { user: nobody } = await guest();
    expect((await desk.call("POST /api/residents/:id/confirm", { params: { id: nobody.id } })).code).toBe(
      "resident.unknown",
    );
  });

  it("lists unconfirmed residents, to the committee with the home and to a cadre without", async () => {
    const { user } = await registered();
    const [desk, cadre] = [await world.as(await world.staff("committee")), await world.as(await world.cadre())];
    const query = { tier: "registered", limit: 100 } as const;
    const seen = (await desk.call("GET /api/residents", { query })).ok.items.find(({ id }) => id === user.id);
    expect(seen).toMatchObject({ name: "吴十一", phone: "139****5678", unit: "2单元", room: "502" });
    const hidden = (await cadre.call("GET /api/residents", { query })).ok.items.find(({ id }) => id === user.id);
    expect(hidden).toMatchObject({ name: "吴**", phone: "139****5678", unit: "*", room: "*" });
    expect(
      (await desk.call("GET /api/residents", { query: { tier: "confirmed", limit: 100 } })).ok.items.map(
        ({ id }) => id,
      ),
    ).not.toContain(user.id);
  });

  it("returns all of them page by page, each once", async () => {
    const west = await world.as(await world.staff("committee", ["west"]));
    const made: string[] = [];
    for (let n = 0; n < 5; n++) {
      made.push((await world.resident("west")).id);
      if (n % 2) clock.pass(1);
    }
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = (await west.call("GET /api/residents", { query: { limit: 2, cursor } })).ok;
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(seen.toSorted()).toEqual(made.toSorted());
  });
});

describe("the role in use", () => {
  it("is one of the memberships or resident, as the caller chooses", async () => {
    const cadre = await world.cadre();
    const api = await world.as(cadre);
    const membershipId = cadre.memberships[0]!.id;
    expect((await api.call("PATCH /api/me", { body: { actingAs: "resident" } })).ok.actingAs.role).toBe("resident");
    expect((await api.call("POST /api/queue/claim-next", {})).code).toBe("auth.forbidden");
    expect((await api.call("PATCH /api/me", { body: { actingAs: membershipId } })).ok.actingAs).toMatchObject({
      role: "cadre",
      communityId: "east",
    });
    const other = await world.cadre();
    expect((await api.call("PATCH /api/me", { body: { actingAs: other.memberships[0]!.id } })).code).toBe(
      "me.membership_unknown",
    );
  });

  it("large text stays", async () => {
    const { api } = await guest();
    expect((await api.call("PATCH /api/me", { body: { largeText: true } })).ok.largeText).toBe(true);
    expect((await api.call("GET /api/me")).ok.largeText).toBe(true);
    expect((await api.call("PATCH /api/me", { body: {} })).ok.largeText).toBe(true);
  });
});
