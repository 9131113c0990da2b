import { describe, expect, it } from "vitest";
import { submission } from "../../support/requests.ts";
import { openWorld } from "../../support/world.ts";

const world = await openWorld();
const mine = await world.as(await world.resident());
const desk = await world.as(await world.staff("committee"));
const lead = await world.cadre("east", { name: "王敏" });

const file = async () => ({ id: (await mine.call("POST /api/requests", { body: submission() })).ok.id });
const giveBack = { code: "not-my-post" as const, reason: "要房修的同事" };

/** A request that two cadres have claimed and returned. */
async function returnedTwice() {
  const params = await file();
  for (let n = 0; n < 2; n++) {
    const api = await world.as(await world.cadre());
    await api.call("POST /api/requests/:id/claim", { params });
    expect((await api.call("POST /api/requests/:id/release", { params, body: giveBack })).code).toBeNull();
  }
  return params;
}

describe("退单", () => {
  it("says why, from the list and in words, in the log", async () => {
    const params = await file();
    const api = await world.as(await world.cadre());
    await api.call("POST /api/requests/:id/claim", { params });
    const { ok } = await api.call("POST /api/requests/:id/release", { params, body: giveBack });
    expect(ok).toMatchObject({ status: "queued", returnCount: 1, awaitsLeadUnit: false });
    await world.relay.drain();
    const { items } = (await desk.call("GET /api/log", { query: { requestId: params.id } })).ok;
    expect(items.at(-1)).toMatchObject({ type: "request.released", data: { ...giveBack, returns: 1 } });
  });

  it.each([[{ reason: "不想办" }], [{ code: "lazy", reason: "不想办" }], [{ code: "other", reason: "" }]])(
    "is refused without a reason of the list and words: %j",
    async (body) => {
      const params = await file();
      const api = await world.as(await world.cadre());
      await api.call("POST /api/requests/:id/claim", { params });
      const answer = await api.call("POST /api/requests/:id/release", { params, body: body as never });
      expect(answer.code).toBe("input.invalid");
    },
  );

  it("twice at most: then it is nobody's to claim, not by itself and not as the next", async () => {
    const params = await returnedTwice();
    const cadre = await world.as(await world.cadre());
    expect((await cadre.call("GET /api/requests/:id", { params })).ok).toMatchObject({
      awaitsLeadUnit: true,
      abilities: [],
    });
    expect((await cadre.call("POST /api/requests/:id/claim", { params })).code).toBe("request.returns_used");
    const later = await file();
    const next = [];
    for (;;) {
      const answer = await cadre.call("POST /api/queue/claim-next");
      if (answer.code) break;
      next.push(answer.ok.id);
    }
    expect(next).toContain(later.id);
    expect(next).not.toContain(params.id);
  });

  it("twice: the committee names who leads, who cannot give it back, and resolves it", async () => {
    const params = await returnedTwice();
    const { ok } = await desk.call("POST /api/requests/:id/assign", { params, body: { cadreId: lead.id } });
    expect(ok).toMatchObject({ awaitsLeadUnit: false, handler: { name: "王敏" } });
    expect(ok.abilities).not.toContain("release");
    const api = await world.as(lead);
    const refused = await api.call("POST /api/requests/:id/release", { params, body: giveBack });
    expect([refused.status, refused.code]).toEqual([409, "request.returns_used"]);
    expect((await api.call("POST /api/requests/:id/resolve", { params, body: { result: "办好了" } })).code).toBeNull();
    await world.relay.drain();
    const { items } = (await desk.call("GET /api/log", { query: { requestId: params.id } })).ok;
    expect(items.find(({ type }) => type === "request.assigned")?.data).toMatchObject({ lead: true });
  });

  it("the clock runs on through every return", async () => {
    const params = await file();
    const before = (await mine.call("GET /api/requests/:id", { params })).ok;
    const api = await world.as(await world.cadre());
    await api.call("POST /api/requests/:id/claim", { params });
    world.clock.pass(10);
    const after = (await api.call("POST /api/requests/:id/release", { params, body: giveBack })).ok;
    expect([after.respondBy, after.resolveBy]).toEqual([before.respondBy, before.resolveBy]);
  });
});
