import { describe, expect, it } from "vitest";
import { toActor } from "../../../server/core/domain/accounts/user.ts";
import { mayFollow } from "../../../server/log/audience.ts";
import { runDueEscalations } from "../../../server/core/usecases/requests/run-due-escalations.ts";
import { submission } from "../../support/requests.ts";
import { openWorld } from "../../support/world.ts";

const world = await openWorld();
const { deps, clock, relay } = world;
const [resident, cadre, clerk] = [await world.resident(), await world.cadre(), await world.staff("committee")];
const [mine, his, desk] = [await world.as(resident), await world.as(cadre), await world.as(clerk)];
const above = await world.as(await world.staff("supervisor"));

/** A closed request with a bad score. */
async function badlyRated(): Promise<string> {
  const { id } = (await mine.call("POST /api/requests", { body: submission() })).ok;
  await his.call("POST /api/requests/:id/claim", { params: { id } });
  await his.call("POST /api/requests/:id/resolve", { params: { id }, body: { result: "送到了" } });
  const scores = { response: 5, attitude: 1, result: 5 };
  await mine.call("POST /api/requests/:id/rate", { params: { id }, body: { outcome: "solved", scores } });
  return id;
}
const due = async (): Promise<string[]> =>
  (await desk.call("GET /api/requests", { query: { attention: "callback" } })).ok.items.map(({ id }) => id);

describe("a callback", () => {
  it("stands in the committee's list until it is made, and in nobody's afterwards", async () => {
    const id = await badlyRated();
    expect(await due()).toContain(id);
    const call = (answer: "satisfied" | "unreached", text: string) =>
      desk.call("POST /api/requests/:id/call-back", { params: { id }, body: { answer, text } });
    expect((await call("unreached", "没人接")).ok.callback).toMatchObject({ attempts: 1, made: null });
    expect(await due()).toContain(id);
    expect((await call("satisfied", "当面道了歉")).ok.callback).toMatchObject({
      why: "low-score",
      made: { byName: clerk.name, answer: "satisfied", text: "当面道了歉" },
    });
    expect(await due()).not.toContain(id);
    expect((await call("satisfied", "再打一次")).code).toBe("request.state_conflict");
  });

  it("tells whoever was rated nothing: not in the request, its timeline, the log or a list", async () => {
    const id = await badlyRated();
    await desk.call("POST /api/requests/:id/call-back", {
      params: { id },
      body: { answer: "satisfied", text: "赔了不是" },
    });
    await relay.drain();
    const seen = (await his.call("GET /api/requests/:id", { params: { id } })).ok;
    expect(seen.callback).toBeNull();
    expect(JSON.stringify(seen)).not.toContain("赔了不是");
    // The timeline does not show that a callback was made, because only a bad rating causes one.
    const told = seen.timeline.map(({ type }) => type);
    expect(told).toContain("request.rated");
    expect(told).not.toContain("request.called_back");
    for (const query of [{ requestId: id }, { type: "request.called_back" }, {}]) {
      const rows = (await his.call("GET /api/log", { query })).ok.items.map(({ type }) => type);
      expect(rows).not.toContain("request.called_back");
    }
    const event = { type: "request.called_back", communityId: "east", residentId: resident.id };
    expect([cadre, clerk].map((user) => mayFollow(toActor(user), event))).toEqual([false, true]);
    expect((await his.call("GET /api/requests", { query: { attention: "callback" } })).code).toBe("auth.forbidden");
    expect(
      (await his.call("POST /api/requests/:id/call-back", { params: { id }, body: { answer: "satisfied", text: "x" } }))
        .code,
    ).toBe("request.not_allowed");
    // The committee's log contains its text; the subdistrict sees only that it was made.
    expect(JSON.stringify((await desk.call("GET /api/log", { query: { requestId: id } })).ok)).toContain("赔了不是");
    expect((await above.call("GET /api/requests/:id", { params: { id } })).ok.callback?.made).not.toBeNull();
  });

  it("leaves no gap by which whoever was rated could tell: in ids, positions, pages or cursors", async () => {
    const told = async (id: string) => {
      await relay.drain();
      const seen = (await his.call("GET /api/requests/:id", { params: { id } })).ok;
      const rows = (await his.call("GET /api/log", { query: { requestId: id, limit: 100 } })).ok.items;
      return { ...seen, timeline: seen.timeline, rows };
    };
    const called = await badlyRated();
    const before = await told(called);
    const body = { answer: "satisfied", text: "赔了不是" } as const;
    await desk.call("POST /api/requests/:id/call-back", { params: { id: called }, body });
    expect(await told(called)).toEqual(before);
    // A step after it is counted as if it were the next.
    expect(before.rows.map(({ pos }) => pos)).toEqual(before.rows.map(() => null));
    const stored = await deps.store.log.ofRequest(called);
    for (const { _id: eventId } of stored) expect(JSON.stringify(before)).not.toContain(eventId);

    // One row a page: none is empty, and no cursor can be read.
    let cursor: string | undefined;
    const types: string[] = [];
    for (;;) {
      const query = { requestId: called, limit: 1, ...(cursor ? { cursor } : {}) };
      const { items, nextCursor } = (await his.call("GET /api/log", { query })).ok;
      expect(items).toHaveLength(1);
      types.push(...items.map(({ type }) => type));
      if (nextCursor === null) break;
      expect(Buffer.from(nextCursor, "base64url").toString()).not.toContain("east");
      cursor = nextCursor;
    }
    expect(types).toEqual(before.rows.map(({ type }) => type));
    const forged = Buffer.from(JSON.stringify(["east", 1])).toString("base64url");
    expect((await his.call("GET /api/log", { query: { cursor: forged } })).code).toBe("cursor.invalid");
    // The committee's log has positions without a gap.
    const desks = (await desk.call("GET /api/log", { query: { requestId: called, limit: 100 } })).ok.items;
    expect(desks.map(({ pos }) => pos)).toEqual(stored.map(({ pos }) => pos));
  });

  it("is counted by what came of it, and those that wait as long as they do", async () => {
    const day = new Date(clock.now().getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
    const counts = async () =>
      (await above.call("GET /api/figures/callbacks", { query: { from: day, to: day, communityId: "east" } })).ok;
    await relay.drain();
    const before = await counts();
    const id = await badlyRated();
    expect((await counts()).waiting).toBe(before.waiting + 1);
    const body = { answer: "unsatisfied", text: "还是不满意" } as const;
    await desk.call("POST /api/requests/:id/call-back", { params: { id }, body });
    await relay.drain();
    expect(await counts()).toMatchObject({
      waiting: before.waiting,
      late: before.late,
      answers: { ...before.answers, unsatisfied: before.answers.unsatisfied + 1 },
    });
    expect(
      (await desk.call("GET /api/figures/callbacks", { query: { from: day, to: day, communityId: "west" } })).code,
    ).toBe("auth.forbidden");
  });

  it("of two clerks at once is made once", async () => {
    const id = await badlyRated();
    const other = await world.as(await world.staff("committee"));
    const answers = await Promise.all(
      [desk, other, desk, other].map((api, n) =>
        api.call("POST /api/requests/:id/call-back", {
          params: { id },
          body: { answer: "satisfied", text: `第 ${n} 次` },
        }),
      ),
    );
    expect(answers.filter(({ code }) => code === null)).toHaveLength(1);
  });

  it("not made by the end of the next workday is told to the committee, once", async () => {
    const id = await badlyRated();
    const { dueBy } = (await desk.call("GET /api/requests/:id", { params: { id } })).ok.callback!;
    clock.set(dueBy);
    await Promise.all([runDueEscalations(deps), runDueEscalations(deps)]);
    await runDueEscalations(deps);
    await relay.drain();
    const told = (await desk.call("GET /api/inbox", { query: { limit: 100 } })).ok.items;
    expect(told.filter(({ requestId, type }) => requestId === id && type === "request.callback_late")).toHaveLength(1);
    const handlers = (await his.call("GET /api/inbox", { query: { limit: 100 } })).ok.items;
    expect(handlers.filter(({ type }) => type.startsWith("request.callback"))).toEqual([]);
  });
});
