import { beforeEach, describe, expect, it } from "vitest";
import type { User } from "../../../server/core/domain/accounts/user.ts";
import { dispatchCommunity } from "../../../server/core/usecases/requests/dispatch-community.ts";
import { submission } from "../../support/requests.ts";
import { openWorld } from "../../support/world.ts";

const world = await openWorld();
const { deps, clock, relay } = world;

const resident = await world.as(await world.resident());
const desk = await world.as(await world.staff("committee"));
const file = async (serviceCode = "parcel"): Promise<string> =>
  (await resident.call("POST /api/requests", { body: submission({ serviceCode }) })).ok.id;
const load = async (id: string) => (await deps.store.requests.load(id))!.request;
const dispatch = () => dispatchCommunity(deps, "east");
const onDuty = (names: string[]): Promise<User[]> => Promise.all(names.map((name) => world.cadre("east", { name })));

async function told(id: string): Promise<string[]> {
  await relay.drain();
  return (await deps.store.log.ofRequest(id)).map(({ type, payload }) => {
    const { data } = JSON.parse(payload!) as { data: { cadreName?: string } };
    return [type.replace("request.", ""), data.cadreName ?? ""].join(" ").trim();
  });
}

/** Moves on a day, so that everybody is off duty, and empties the queue. */
beforeEach(async () => {
  clock.pass(24 * 60);
  for (const { id } of (await deps.store.requests.queue(["east"], 500)).items) {
    await desk.call("POST /api/requests/:id/reject", { params: { id }, body: { reason: "收工" } });
  }
});

describe("an offer", () => {
  it("goes to a cadre on duty with a reason, and the request stays visible to others", async () => {
    const [wang, li] = await onDuty(["王敏", "李强"]);
    const id = await file();
    expect(await dispatch()).toBe(1);
    const { offer } = (await load(id)).dispatch;
    expect(offer).toMatchObject({ kind: "duty", expiresAt: new Date(clock.now().getTime() + 300_000) });
    await relay.drain();
    const row = (await deps.store.log.ofRequest(id)).at(-1)!;
    expect(row).toMatchObject({ type: "request.offered", actorRole: "system" });
    expect(JSON.parse(row.payload!)).toMatchObject({
      data: { cadreName: offer!.cadreName, why: "covers", covers: ["综合"], open: 0 },
    });
    const mine = await world.as(offer!.cadreId === wang!.id ? wang! : li!);
    const others = await world.as(offer!.cadreId === wang!.id ? li! : wang!);
    const queue = async (api: typeof mine) =>
      (await api.call("GET /api/requests", { query: { scope: "queue" } })).ok.items[0]!;
    expect(await queue(mine)).toMatchObject({ id, offer: { mine: true }, abilities: ["claim", "decline"] });
    expect(await queue(others)).toMatchObject({ id, offer: { mine: false }, abilities: ["claim"] });
    expect((await mine.call("GET /api/inbox")).ok.items[0]!.text).toContain("派给您");
    expect((await resident.call("GET /api/requests/:id", { params: { id } })).ok.offer).toBeNull();
    const claimed = (await mine.call("POST /api/requests/:id/claim", { params: { id } })).ok;
    expect(claimed).toMatchObject({ status: "claimed", offer: null });
    await relay.drain();
    expect(JSON.parse((await deps.store.log.ofRequest(id)).at(-1)!.payload!)).toMatchObject({
      data: { accepted: true },
    });
  });

  it("that is not taken goes to the next cadre, then to the committee, each once", async () => {
    await onDuty(["甲", "乙"]);
    const id = await file();
    for (let minute = 0; minute < 20; minute++) {
      await dispatch();
      clock.pass(1);
    }
    const [first, second] = (await load(id)).dispatch.offeredTo.map(String);
    const name = async (cadreId: string) => (await deps.store.users.find(cadreId))!.name;
    expect(await told(id)).toEqual([
      "submitted",
      `offered ${await name(first!)}`,
      `offer_expired ${await name(first!)}`,
      `offered ${await name(second!)}`,
      `offer_expired ${await name(second!)}`,
      "untaken",
    ]);
  });

  it("that nobody took is made again after a pause, before newer ones, and the committee is notified once", async () => {
    const [only] = await onDuty(["甲"]);
    const old = await file();
    for (let minute = 0; minute < 6; minute++) {
      await dispatch();
      clock.pass(1);
    }
    expect(await load(old)).toMatchObject({ dispatch: { committeeNotified: true, offer: null } });
    clock.pass(9);
    const fresh = await file();
    const order: string[] = [];
    const requests: typeof deps.store.requests = {
      ...deps.store.requests,
      saveStep(id, ...rest) {
        order.push(id);
        return deps.store.requests.saveStep(id, ...rest);
      },
    };
    await dispatchCommunity({ ...deps, store: { ...deps.store, requests } }, "east");
    expect(order).toEqual([old, fresh]);
    const [first, second] = [(await load(old)).dispatch.offer!, (await load(fresh)).dispatch.offer!];
    expect([first.cadreId, second.cadreId]).toEqual([only!.id, only!.id]);
    clock.pass(5);
    await dispatch();
    expect((await told(old)).filter((event) => event === "untaken")).toHaveLength(1);
    // The next round is not due yet, so further dispatches change nothing.
    const version = (await load(old)).version;
    clock.pass(9);
    await dispatch();
    expect((await load(old)).version).toBe(version);
  });

  it("goes to a cadre who checks in during the pause", async () => {
    await onDuty(["甲"]);
    const id = await file();
    for (let minute = 0; minute < 6; minute++) {
      await dispatch();
      clock.pass(1);
    }
    const late = await world.cadre("east", { onDuty: false });
    const until = new Date(clock.now().getTime() + 3_600_000).toISOString();
    await (await world.as(late)).call("POST /api/duty/start", { body: { until } });
    await dispatch();
    expect((await load(id)).dispatch.offer?.cadreId).toBe(late.id);
  });

  it("that is declined goes to the next at once, and cannot be declined twice", async () => {
    const cadres = await onDuty(["甲", "乙"]);
    const id = await file();
    await dispatch();
    const first = cadres.find((one) => one.name !== null)!;
    const { cadreId } = (await load(id)).dispatch.offer!;
    const api = await world.as(cadres.find((one) => one.id === cadreId) ?? first);
    const body = { reason: "走不开" };
    expect((await api.call("POST /api/requests/:id/decline", { params: { id }, body })).status).toBe(200);
    await dispatch();
    expect((await load(id)).dispatch.offer!.cadreId).not.toBe(cadreId);
    expect((await api.call("POST /api/requests/:id/decline", { params: { id }, body })).code).toBe(
      "request.not_allowed",
    );
  });

  it("waits for a cadre to come on duty, and is made to a newcomer after all others declined", async () => {
    const id = await file();
    expect(await dispatch()).toBe(0);
    const api = await world.as(await world.cadre("east", { onDuty: false }));
    const until = () => new Date(clock.now().getTime() + 3_600_000).toISOString();
    await api.call("POST /api/duty/start", { body: { until: until() } });
    expect(await dispatch()).toBe(1);
    clock.pass(5);
    expect(await dispatch()).toBe(2);
    expect(await load(id)).toMatchObject({ dispatch: { committeeNotified: true, offer: null } });
    const late = await world.cadre("east", { onDuty: false });
    await (await world.as(late)).call("POST /api/duty/start", { body: { until: until() } });
    await dispatch();
    expect((await load(id)).dispatch.offer?.cadreId).toBe(late.id);
  });

  it("of an urgent request without cadre or backup goes to the committee at once", async () => {
    const id = await file("leak");
    expect(await dispatch()).toBe(1);
    expect(await told(id)).toEqual(["submitted", "untaken"]);
  });

  it("is not made to the cadre who has just returned it", async () => {
    const [one] = await onDuty(["甲", "乙"]);
    const api = await world.as(one!);
    const params = { id: await file() };
    await api.call("POST /api/requests/:id/claim", { params });
    await api.call("POST /api/requests/:id/release", { params, body: { code: "other", reason: "走不开" } });
    await dispatch();
    expect((await load(params.id)).dispatch.offer!.cadreId).not.toBe(one!.id);
  });
});

describe("at once", () => {
  it("two holders of a partition do not offer twice, and 64 requests are distributed evenly", async () => {
    const cadres = await onDuty(["一", "二", "三", "四", "五", "六", "七", "八"]);
    const ids = await Promise.all(Array.from({ length: 64 }, () => file()));
    await Promise.all([dispatch(), dispatch()]);
    const offers = new Map<string, number>();
    for (const id of ids) {
      const request = await load(id);
      expect(request.version).toBe(2);
      const { cadreId } = request.dispatch.offer!;
      offers.set(cadreId, (offers.get(cadreId) ?? 0) + 1);
    }
    expect(offers.size).toBe(cadres.length);
    const counts = [...offers.values()];
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(2);
  });

  it("an offer and a claim: the claim succeeds in either order", async () => {
    const cadres = await onDuty(["甲", "乙"]);
    const api = await world.as(cadres[0]!);
    for (let n = 0; n < 10; n++) {
      const id = await file();
      const [claim] = await Promise.all([api.call("POST /api/requests/:id/claim", { params: { id } }), dispatch()]);
      expect(claim.status).toBe(200);
      expect(await load(id)).toMatchObject({
        status: "claimed",
        handlerId: cadres[0]!.id,
        dispatch: { offer: null, dueAt: null },
      });
    }
  });
});
