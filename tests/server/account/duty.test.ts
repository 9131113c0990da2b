import { describe, expect, it } from "vitest";
import { submission } from "../../support/requests.ts";
import { openWorld } from "../../support/world.ts";

const world = await openWorld();
const { clock } = world;
const anyone = await world.as(null);
const inHours = (hours: number): string => new Date(clock.now().getTime() + hours * 3_600_000).toISOString();
const onDuty = async (id = "east") => (await anyone.call("GET /api/communities/:id/duty", { params: { id } })).ok.items;

describe("duty", () => {
  it("starts, makes the cadre visible to everybody, and ends", async () => {
    const cadre = await world.cadre("east", { onDuty: false });
    const api = await world.as(cadre);
    const until = inHours(2);
    const started = (await api.call("POST /api/duty/start", { body: { until } })).ok;
    expect(started).toMatchObject({
      startedAt: clock.now().toISOString(),
      until,
      endedAt: null,
      card: { name: cadre.name },
    });
    expect(await onDuty()).toMatchObject([
      { id: cadre.id, name: cadre.name, onDutyUntil: until, dutyPhone: "021-55500001" },
    ]);
    expect((await api.call("GET /api/me")).ok.onDutyUntil).toBe(until);
    clock.pass(30);
    const ended = (await api.call("POST /api/duty/end", {})).ok;
    expect(ended).toMatchObject({ startedAt: started.startedAt, endedAt: clock.now().toISOString() });
    expect(await onDuty()).toEqual([]);
    expect((await api.call("GET /api/me")).ok.onDutyUntil).toBeNull();
    expect((await api.call("POST /api/duty/end", {})).code).toBe("duty.not_on_duty");
  });

  it("ends by itself at its time, and the cadre can then not claim", async () => {
    const api = await world.as(await world.cadre("east", { onDuty: false }));
    const resident = await world.as(await world.resident());
    await api.call("POST /api/duty/start", { body: { until: inHours(1) } });
    const { id } = (await resident.call("POST /api/requests", { body: submission() })).ok;
    clock.pass(61);
    expect(await onDuty()).toEqual([]);
    expect((await api.call("POST /api/requests/:id/claim", { params: { id } })).code).toBe("duty.not_on_duty");
    expect((await api.call("POST /api/queue/claim-next", {})).code).toBe("duty.not_on_duty");
  });

  it("can be prolonged and keeps its start", async () => {
    const api = await world.as(await world.cadre("east", { onDuty: false }));
    const { startedAt } = (await api.call("POST /api/duty/start", { body: { until: inHours(1) } })).ok;
    clock.pass(10);
    const until = inHours(3);
    expect((await api.call("POST /api/duty/start", { body: { until } })).ok).toMatchObject({ startedAt, until });
  });

  it.each([
    ["in the past", -1],
    ["now", 0],
    ["in 17 hours", 17],
  ])("refuses an end %s", async (_when, hours) => {
    const api = await world.as(await world.cadre("east", { onDuty: false }));
    expect(await api.call("POST /api/duty/start", { body: { until: inHours(hours) } })).toMatchObject({
      status: 422,
      code: "duty.until_invalid",
    });
  });

  it("asked for twice with one key is started once", async () => {
    const cadre = await world.cadre("east", { onDuty: false });
    const api = await world.as(cadre);
    const body = { until: inHours(1) };
    const one = (await api.call("POST /api/duty/start", { body, key: "start-0001" })).ok;
    clock.pass(5);
    expect((await api.call("POST /api/duty/start", { body, key: "start-0001" })).ok).toEqual(one);
    expect((await api.call("POST /api/duty/start", { body: { until: inHours(2) }, key: "start-0001" })).code).toBe(
      "idempotency.key_reused",
    );
    await world.relay.drain();
    const desk = await world.as(await world.staff("committee"));
    const rows = (await desk.call("GET /api/log", { query: { cadreId: cadre.id } })).ok.items;
    expect(rows.map(({ type }) => type)).toEqual(["duty.started"]);
  });

  it.each(["resident", "committee", "partner"] as const)("is not for a %s", async (role) => {
    const api = await world.as(role === "resident" ? await world.resident() : await world.staff(role));
    expect((await api.call("POST /api/duty/start", { body: { until: inHours(1) } })).code).toBe("auth.forbidden");
    expect((await api.call("POST /api/duty/end", {})).code).toBe("auth.forbidden");
  });
});

describe("a community", () => {
  it("is public with its buildings and services, without the knowledge cards", async () => {
    const params = { id: "east" };
    expect((await anyone.call("GET /api/communities")).ok.items.map(({ id }) => id)).toEqual(["east", "west"]);
    expect((await anyone.call("GET /api/communities/:id", { params })).ok.buildings[0]).toEqual({
      name: "1号楼",
      units: ["1单元", "2单元"],
    });
    const { items } = (await anyone.call("GET /api/communities/:id/services", { params })).ok;
    expect(items.map(({ serviceCode }) => serviceCode)).toEqual(["parcel", "leak", "permit", "light"]);
    expect(JSON.stringify(items)).not.toContain("门卫");
  });

  it.each(["", "/services", "/duty"])("that is not there: GET /api/communities/nowhere%s", async (rest) => {
    expect((await fetch(`${world.base}/api/communities/nowhere${rest}`)).status).toBe(404);
  });

  it("shows only its staff who holds how many requests", async () => {
    const cadre = await world.cadre("west");
    const api = await world.as(cadre);
    const resident = await world.as(await world.resident("west"));
    for (let n = 0; n < 2; n++) {
      const { id } = (await resident.call("POST /api/requests", { body: submission({ communityId: "west" }) })).ok;
      await api.call("POST /api/requests/:id/claim", { params: { id } });
    }
    const params = { id: "west" };
    const desk = await world.as(await world.staff("committee", ["west"]));
    expect((await desk.call("GET /api/communities/:id/cadres", { params })).ok.items).toMatchObject([
      { id: cadre.id, openRequests: 2 },
    ]);
    const east = await world.as(await world.staff("committee"));
    expect((await east.call("GET /api/communities/:id/cadres", { params })).code).toBe("auth.forbidden");
    expect((await resident.call("GET /api/communities/:id/cadres", { params })).code).toBe("auth.forbidden");
    expect((await desk.call("GET /api/communities/:id/cadres", { params: { id: "nowhere" } })).code).toBe(
      "community.unknown",
    );
  });
});
