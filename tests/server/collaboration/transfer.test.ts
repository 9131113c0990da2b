import { describe, expect, it } from "vitest";
import { REASON, openTransferWorld } from "../../support/transfer.ts";

const { world, receiver, here, there, handlerOf, file, ask, accept, refuse, logOf, typesOf, faults } =
  await openTransferWorld();
const { deps, relay, clock } = world;
const day = new Date(clock.now().getTime() + 8 * 3_600_000).toISOString().slice(0, 10);

describe("转办: another community takes over", () => {
  it("number, address and deadlines stay; queue, permissions and figures are then the other community's", async () => {
    const owner = await world.resident();
    const before = await file(owner);
    const { user: first, api: his } = await handlerOf();
    const params = { id: before.id };
    await his.call("POST /api/requests/:id/claim", { params });
    clock.pass(10);
    expect((await ask(before.id, his)).ok).toMatchObject({
      ...{ status: "claimed", communityId: "east", transfer: { to: "west", toName: "西苑", reason: REASON } },
    });
    // Until the other community accepts, the request belongs to the first, so that a community is responsible at all
    // times.
    expect(
      (await his.call("POST /api/requests/:id/first-contact", { params, body: { note: "打过电话" } })).code,
    ).toBeNull();
    clock.pass(10);
    const after = (await accept(before.id)).ok;
    expect(after).toMatchObject({
      ...{ id: before.id, requestNo: before.requestNo, communityId: "west", status: "queued", handler: null },
      ...{ respondBy: before.respondBy, resolveBy: before.resolveBy, submittedAt: before.submittedAt },
      ...{ transfer: null, formerly: ["东苑"], returnCount: 0 },
    });
    const second = await handlerOf("west", "李强");
    const queue = async (api: typeof here) =>
      (await api.call("GET /api/requests", { query: { scope: "queue" } })).ok.items.map(({ id }) => id);
    expect([await queue(second.api), (await queue(his)).includes(before.id)]).toEqual([[before.id], false]);
    // The previous handler sees the progress only and can take no step.
    const seen = (await his.call("GET /api/requests/:id", { params })).ok;
    expect(seen).toMatchObject({ progressOnly: true, description: "", abilities: [], contact: { phone: "" } });
    expect((await his.call("POST /api/requests/:id/resolve", { params, body: { result: "好了" } })).code).toBe(
      "request.not_allowed",
    );
    await second.api.call("POST /api/requests/:id/claim", { params });
    await second.api.call("POST /api/requests/:id/resolve", { params, body: { result: "办好了" } });
    await relay.drain();
    expect(await deps.handlingCycles.ofRequest(before.id)).toMatchObject([
      { communityId: "west", cadreId: second.user.id, resolvedLate: false },
    ]);
    const resolved = async (api: typeof here) => {
      const query = { from: day, to: day, of: "resolved" } as const;
      const { items } = (await api.call("GET /api/handling-cycles", { query })).ok;
      const { total } = (await api.call("GET /api/figures", { query: { from: day, to: day } })).ok;
      return [items.map(({ requestId }) => requestId).includes(before.id), total.counts.resolved === items.length];
    };
    expect([await resolved(here), await resolved(there)]).toEqual([
      [false, true],
      [true, true],
    ]);
    // The resident is notified, and the request keeps its address.
    const mine = await world.as(owner);
    const told = (await mine.call("GET /api/inbox")).ok.items.map(({ type }) => type);
    expect(told).toContain("request.transferred");
    expect(told.filter((type) => type.startsWith("transfer."))).toEqual([]);
    const page = (await mine.call("GET /api/requests/:id", { params })).ok;
    expect(page).toMatchObject({ communityId: "west", formerly: ["东苑"] });
    expect(page.timeline.map(({ type }) => type)).toEqual([
      "request.submitted",
      "request.claimed",
      "request.transfer_asked",
      "request.contacted",
      "request.transferred",
      "request.claimed",
      "request.resolved",
    ]);
    expect((await (await world.as(first)).call("GET /api/inbox")).ok.items.map(({ type }) => type)).toContain(
      "request.transferred",
    );
  });

  it("each community's log has its part: who asked whom and why, who accepted or refused", async () => {
    const { id } = await file();
    await ask(id);
    await refuse(id);
    await ask(id);
    await accept(id);
    expect(await typesOf(here, id)).toEqual([
      ...["request.submitted", "request.transfer_asked", "request.transfer_refused"],
      ...["request.transfer_asked", "request.transferred"],
    ]);
    const rows = await logOf(there, id);
    expect(rows.map(({ type }) => type)).toEqual([
      ...["transfer.offered", "transfer.declined", "transfer.offered", "transfer.arrived"],
    ]);
    expect(rows[0]?.data).toEqual({ from: "east", fromName: "东苑", reason: REASON });
    expect(rows[1]).toMatchObject({ actor: { id: receiver.id }, data: { reason: "那栋楼归东苑" } });
    const told = async (api: typeof here) =>
      (await api.call("GET /api/inbox", { query: { limit: 100 } })).ok.items
        .filter(({ requestId }) => requestId === id)
        .map(({ type }) => type)
        .toReversed();
    expect(await told(there)).toEqual(["transfer.offered", "transfer.offered"]);
    expect(await told(here)).toEqual(["request.transfer_refused", "request.transferred"]);
    expect(await faults()).toEqual([]);
  });

  it("refused, it stays, with the reason for those who asked; the refusing community sees its progress only", async () => {
    const { id } = await file();
    const { api: his } = await handlerOf();
    await his.call("POST /api/requests/:id/claim", { params: { id } });
    await ask(id, his);
    expect((await refuse(id, "物业归东苑管")).code).toBeNull();
    expect((await his.call("GET /api/requests/:id", { params: { id } })).ok).toMatchObject({
      ...{ communityId: "east", status: "claimed", transfer: null, formerly: [] },
      timeline: expect.arrayContaining([
        expect.objectContaining({
          type: "request.transfer_refused",
          data: expect.objectContaining({ reason: "物业归东苑管" }),
        }),
      ]),
    });
    const seen = (await there.call("GET /api/requests/:id", { params: { id } })).ok;
    expect(seen).toMatchObject({ progressOnly: true, description: "", abilities: [], transfer: null });
  });

  it("the asked community reads the matter, but no personal data and messages", async () => {
    const owner = await world.resident();
    const { id, description } = await file(owner);
    const { api: his } = await handlerOf();
    const params = { id };
    await his.call("POST /api/requests/:id/claim", { params });
    await his.call("POST /api/requests/:id/first-contact", { params, body: { note: "暗号一" } });
    await his.call("POST /api/requests/:id/internal-note", { params, body: { text: "暗号二" } });
    await his.call("POST /api/requests/:id/message", { params, body: { text: "暗号三" } });
    await ask(id, his);
    await relay.drain();
    const { items } = (await there.call("GET /api/requests", { query: { scope: "community", attention: "incoming" } }))
      .ok;
    expect(items.map((request) => request.id)).toEqual([id]);
    const seen = (await there.call("GET /api/requests/:id", { params })).ok;
    expect(seen).toMatchObject({
      ...{ description, transfer: { reason: REASON }, place: { unit: "*", room: "*" }, progressOnly: false },
      abilities: ["accept-transfer", "refuse-transfer"],
    });
    for (const secret of ["暗号", owner.name, owner.id === id ? "" : "13800"].filter(Boolean))
      expect(JSON.stringify(seen)).not.toContain(secret);
    await accept(id);
    const whole = JSON.stringify((await there.call("GET /api/requests/:id", { params })).ok);
    expect(whole).toContain("暗号一");
  });

  it("a cadre on duty there may accept, one off duty may not; a third community, and one without the service, cannot", async () => {
    const { id } = await file();
    await ask(id);
    const off = await world.as(await world.cadre("west", { onDuty: false }));
    expect((await accept(id, off)).code).toBe("request.not_allowed");
    const north = await world.as(await world.staff("committee", ["north"]));
    expect((await accept(id, north)).code).toBe("request.unknown");
    expect((await accept(id, here)).code).toBe("request.not_allowed");
    const on = await handlerOf("west");
    expect((await accept(id, on.api)).code).toBeNull();

    const other = await file();
    expect((await ask(other.id, here, "east")).code).toBe("transfer.not_there");
    const west = (await deps.store.communities.find("north"))!;
    await deps.store.communities.save({ ...west, services: [] });
    expect((await ask(other.id, here, "north")).code).toBe("transfer.not_there");
    expect((await ask(other.id, here, "south")).code).toBe("community.unknown");
  });

  it("recalled, or ended meanwhile, it is no longer asked, and the other community is notified", async () => {
    const { api: his } = await handlerOf();
    const [recalled, done] = [await file(), await file()];
    for (const { id } of [recalled, done]) await ask(id);
    await here.call("POST /api/requests/:id/recall-transfer", { params: { id: recalled.id } });
    await his.call("POST /api/requests/:id/claim", { params: { id: done.id } });
    await his.call("POST /api/requests/:id/resolve", { params: { id: done.id }, body: { result: "办好了" } });
    expect((await accept(recalled.id)).code).toBe("request.not_allowed");
    expect((await accept(done.id)).code).toBe("request.not_allowed");
    expect(await typesOf(there, recalled.id)).toEqual(["transfer.offered", "transfer.recalled"]);
    expect(await typesOf(there, done.id)).toEqual(["transfer.offered", "transfer.lapsed"]);
    expect(await faults()).toEqual([]);
  });

  it("transferred back, it is this community's, and both are listed as former ones", async () => {
    const { id, resolveBy } = await file();
    await ask(id);
    await accept(id);
    await ask(id, there, "east");
    expect((await accept(id, here)).ok).toMatchObject({ communityId: "east", formerly: ["西苑"], resolveBy });
  });
});
