import { describe, expect, it } from "vitest";
import { submission } from "../../support/requests.ts";
import { community, service } from "../../support/places.ts";
import { openWorld } from "../../support/world.ts";
import { worded } from "../../support/worded.ts";

const world = await openWorld();
const anywhere = [service("parcel"), service("letter", { title: "居住证明", anywhere: true })];
await world.deps.store.communities.save(community("west", { services: anywhere }));

let phones = 0;
const caller = () => ({
  ...{ name: "喜桂珍", phone: `137${String(10_000_000 + ++phones)}` },
  ...{ building: "2号楼", unit: "1单元", room: "602" },
});
const matter = (serviceCode = "letter", communityId = "west") => ({
  ...{ communityId, serviceCode, description: "来东苑看女儿，顺路开一张证明", resident: caller() },
});
const counter = await world.as(await world.staff("committee"));
const other = await world.as(await world.staff("committee", ["west"]));
const day = new Date(world.clock.now().getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
const period = { from: day, to: day };

const accept = async (body = matter()) => (await counter.call("POST /api/requests/for-resident", { body })).ok;

describe("一窗通收: a counter accepts for another community", () => {
  it("the community has it in its queue, handles it, and sees which counter accepted it", async () => {
    const body = matter();
    const { id, progressOnly, acceptedIn } = await accept(body);
    expect({ progressOnly, acceptedIn }).toEqual({
      progressOnly: true,
      acceptedIn: { communityId: "east", name: "东苑" },
    });
    const cadre = await world.as(await world.cadre("west", { name: "李强" }));
    const params = { id };
    expect((await cadre.call("POST /api/requests/:id/claim", { params })).ok).toMatchObject({
      ...{ status: "claimed", communityId: "west", progressOnly: false },
      ...{ contact: { phone: body.resident.phone }, acceptedIn: { name: "东苑" } },
    });
    await cadre.call("POST /api/requests/:id/resolve", { params, body: { result: "开好了，女儿代领" } });

    const seen = (await counter.call("GET /api/requests/:id", { params })).ok;
    expect(seen).toMatchObject({ status: "resolved", handler: { name: "李强" }, progressOnly: true, abilities: [] });
    expect(seen.timeline.map(({ type }) => type)).toEqual([
      ...["request.submitted", "request.claimed", "request.resolved"],
    ]);
    expect(
      (await (await world.as(await world.cadre())).call("GET /api/requests/:id", { params })).ok.progressOnly,
    ).toBe(true);
  });

  it("shows the counter no personal data and texts afterwards", async () => {
    const body = matter();
    const { id } = await accept(body);
    const cadre = await world.as(await world.cadre("west"));
    const params = { id };
    await cadre.call("POST /api/requests/:id/claim", { params });
    await cadre.call("POST /api/requests/:id/first-contact", { params, body: { note: "说好的暗号是七里香" } });
    await cadre.call("POST /api/requests/:id/internal-note", { params, body: { text: "家里有狗暗号" } });
    await cadre.call("POST /api/requests/:id/message", { params, body: { text: "留言暗号" } });
    await world.relay.drain();
    const told = JSON.stringify((await counter.call("GET /api/requests/:id", { params })).ok);
    for (const secret of [body.description, "喜", body.resident.phone, body.resident.phone.slice(-4), "602", "暗号"])
      expect(worded(told)).not.toContain(secret);
    expect((await counter.call("GET /api/requests/:id/deliveries", { params })).ok.items).toEqual([]);
  });

  it("is visible to nobody in a third community", async () => {
    const { id } = await accept();
    await world.deps.store.communities.save(community("north"));
    const stranger = await world.as(await world.staff("committee", ["north"]));
    expect((await stranger.call("GET /api/requests/:id", { params: { id } })).code).toBe("request.unknown");
  });

  it("is limited to services that the community lets any counter accept; its own counter accepts all", async () => {
    const { code } = await counter.call("POST /api/requests/for-resident", { body: matter("parcel") });
    expect(code).toBe("service.only_there");
    const own = await other.call("POST /api/requests/for-resident", { body: matter("parcel") });
    expect(own.ok).toMatchObject({ acceptedIn: null, progressOnly: false });
  });
});

describe("its figures", () => {
  it("equal their lists: accepted here for others, and accepted elsewhere for this community", async () => {
    await accept();
    await (await world.as(await world.resident())).call("POST /api/requests", { body: submission() });
    await world.relay.drain();
    const figures = async (api: typeof counter) => (await api.call("GET /api/figures", { query: period })).ok;
    const list = async (api: typeof counter, of: "acceptedHere" | "acceptedElsewhere") =>
      (await api.call("GET /api/handling-cycles", { query: { ...period, of } })).ok.items;
    const [east, west] = [await figures(counter), await figures(other)];
    const here = await list(counter, "acceptedHere");
    expect(here.length).toBeGreaterThan(2);
    expect(east.total.counts).toMatchObject({ acceptedHere: here.length, acceptedElsewhere: 0 });
    expect(await list(counter, "acceptedElsewhere")).toEqual([]);

    const elsewhere = await list(other, "acceptedElsewhere");
    expect(west.total.counts).toMatchObject({ acceptedHere: 0, acceptedElsewhere: elsewhere.length });
    expect(elsewhere.map(({ id }) => id)).toEqual(here.map(({ id }) => id));
    // The request is handled and counted only in its own community.
    expect(here.every(({ communityId, outcome, scores }) => communityId === "west" && !outcome && !scores)).toBe(true);
    expect(east.total.counts.opened).toBe(1);
    expect(west.anywhere).toEqual({
      kinds: { part: 1, whole: 2, share: 0.5 },
      requests: {
        part: here.length,
        whole: west.total.counts.opened,
        share: here.length / (west.total.counts.opened ?? 0),
      },
    });
  });

  it("by row add up to the total, also for a supervisor of both communities", async () => {
    const supervisor = await world.as(await world.staff("supervisor", ["east", "west"]));
    for (const by of ["community", "service", "cadre", "day"] as const) {
      const { total, rows } = (await supervisor.call("GET /api/figures", { query: { ...period, by } })).ok;
      for (const of of ["acceptedHere", "acceptedElsewhere", "opened"] as const)
        expect(
          rows.reduce((n, { counts }) => n + (counts[of] ?? 0), 0),
          `${by} ${of}`,
        ).toBe(total.counts[of]);
    }
    const { rows } = (await supervisor.call("GET /api/figures", { query: { ...period, by: "community" } })).ok;
    expect(rows.map(({ key, counts }) => [key, counts.acceptedHere ? 1 : 0, counts.acceptedElsewhere ? 1 : 0])).toEqual(
      [
        ["east", 1, 0],
        ["west", 0, 1],
      ],
    );
  });
});
