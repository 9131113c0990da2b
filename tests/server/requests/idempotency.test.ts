import { describe, expect, it } from "vitest";
import { submission } from "../../support/requests.ts";
import { openWorld } from "../../support/world.ts";

const world = await openWorld();
const { deps, relay } = world;

describe("the same key", () => {
  it("50 resubmissions at once make one request", async () => {
    const resident = await world.resident();
    const api = await world.as(resident);
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => api.call("POST /api/requests", { body: submission(), key: "draft-000001" })),
    );
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([201]));
    expect(new Set(answers.map((answer) => answer.ok.id)).size).toBe(1);
    expect((await deps.store.requests.list({ partyIds: [resident.id] }, 100)).items).toHaveLength(1);
    await relay.drain();
    expect(await deps.store.log.ofRequest(answers[0]!.ok.id)).toHaveLength(1);
  });

  it("with another body is refused, and the first stays", async () => {
    const api = await world.as(await world.resident());
    const { id } = (await api.call("POST /api/requests", { body: submission(), key: "draft-000002" })).ok;
    const other = await api.call("POST /api/requests", {
      body: submission({ description: "别的事" }),
      key: "draft-000002",
    });
    expect(other).toMatchObject({ status: 422, code: "idempotency.key_reused" });
    expect((await api.call("GET /api/requests/:id", { params: { id } })).ok.description).toBe(submission().description);
  });

  it("of another person is another intent", async () => {
    const [first, second] = [await world.as(await world.resident()), await world.as(await world.resident())];
    const a = (await first.call("POST /api/requests", { body: submission(), key: "draft-000003" })).ok;
    const b = (await second.call("POST /api/requests", { body: submission(), key: "draft-000003" })).ok;
    expect(a.id).not.toBe(b.id);
  });

  it("answers a step again instead of refusing it: the version does not move", async () => {
    const mine = await world.as(await world.resident());
    const cadre = await world.as(await world.cadre());
    const { id } = (await mine.call("POST /api/requests", { body: submission() })).ok;
    const params = { id };
    await cadre.call("POST /api/requests/:id/claim", { params });
    const resolve = () =>
      cadre.call("POST /api/requests/:id/resolve", { params, body: { result: "送到了" }, key: "resolve-0001" });
    const [first, second] = await Promise.all([resolve(), resolve()]);
    expect([first.status, second.status]).toEqual([200, 200]);
    expect((await resolve()).ok).toMatchObject({ status: "resolved" });
    expect((await deps.store.requests.load(id))!.request.version).toBe(3);
    const without = await cadre.call("POST /api/requests/:id/resolve", { params, body: { result: "送到了" } });
    expect(without).toMatchObject({ status: 409, code: "request.state_conflict" });
    const reused = await cadre.call("POST /api/requests/:id/resolve", {
      params,
      body: { result: "别的" },
      key: "resolve-0001",
    });
    expect(reused).toMatchObject({ status: 422, code: "idempotency.key_reused" });
  });

  it("sends a message once", async () => {
    const mine = await world.as(await world.resident());
    const cadre = await world.as(await world.cadre());
    const { id } = (await mine.call("POST /api/requests", { body: submission() })).ok;
    await cadre.call("POST /api/requests/:id/claim", { params: { id } });
    const send = (text: string) =>
      mine.call("POST /api/requests/:id/message", { params: { id }, body: { text }, key: "message-0001" });
    await Promise.all(Array.from({ length: 10 }, () => send("几点来？")));
    expect((await mine.call("GET /api/requests/:id", { params: { id } })).ok.messages).toHaveLength(1);
    expect(await send("别的")).toMatchObject({ status: 422, code: "idempotency.key_reused" });
  });

  it.each(["short", "with space 1", "x".repeat(101)])("«%s» is refused as malformed", async (key) => {
    const api = await world.as(await world.resident());
    expect(await api.call("POST /api/requests", { body: submission(), key })).toMatchObject({
      status: 400,
      code: "idempotency.key_invalid",
    });
  });
});

describe("steps that meet", () => {
  it("two different steps at once: one is taken, the other decided on what it left", async () => {
    const mine = await world.as(await world.resident());
    const cadre = await world.as(await world.cadre());
    for (let round = 0; round < 10; round++) {
      const { id } = (await mine.call("POST /api/requests", { body: submission() })).ok;
      const params = { id };
      await cadre.call("POST /api/requests/:id/claim", { params });
      const [withdrawn, resolved] = await Promise.all([
        mine.call("POST /api/requests/:id/withdraw", { params, body: { reason: "已经自己取了" } }),
        cadre.call("POST /api/requests/:id/resolve", { params, body: { result: "送到了" } }),
      ]);
      expect([withdrawn.status, resolved.status].toSorted((a, b) => a - b)).toEqual([200, 409]);
      const { request } = (await deps.store.requests.load(id))!;
      expect(request.version).toBe(3);
      expect(request.status).toBe(withdrawn.status === 200 ? "withdrawn" : "resolved");
    }
  });

  it("talk does not collide with steps: 20 messages and a step at once all succeed", async () => {
    const mine = await world.as(await world.resident());
    const cadre = await world.as(await world.cadre());
    const { id } = (await mine.call("POST /api/requests", { body: submission() })).ok;
    const params = { id };
    await cadre.call("POST /api/requests/:id/claim", { params });
    const answers = await Promise.all([
      ...Array.from({ length: 20 }, (_, n) =>
        mine.call("POST /api/requests/:id/message", { params, body: { text: `第 ${n} 条` } }),
      ),
      cadre.call("POST /api/requests/:id/first-contact", { params, body: { note: "已联系" } }),
    ]);
    expect(answers.map((answer) => answer.code)).toEqual(answers.map(() => null));
    const detail = (await mine.call("GET /api/requests/:id", { params })).ok;
    expect(detail.messages).toHaveLength(20);
    expect((await deps.store.requests.load(id))!.request.version).toBe(3);
  });
});
