import { describe, expect, it } from "vitest";
import { runDueEscalations } from "../../../server/core/usecases/requests/run-due-escalations.ts";
import { submission } from "../../support/requests.ts";
import { openWorld } from "../../support/world.ts";

const world = await openWorld();
const { deps, clock, relay } = world;

const person = await world.resident();
const cadre = await world.cadre();
const [resident, handler, desk] = [
  await world.as(person),
  await world.as(cadre),
  await world.as(await world.staff("committee")),
];
const DAY = 24 * 60;
const inDays = (days: number): string => new Date(clock.now().getTime() + days * DAY * 60_000).toISOString();
const load = async (id: string) => (await deps.store.requests.load(id))!.request;
const types = async (id: string): Promise<string[]> => {
  await relay.drain();
  return (await deps.store.log.ofRequest(id)).map(({ type }) => type.replace("request.", ""));
};

/** A claimed request with the first contact made. */
async function inHand(): Promise<string> {
  await handler.call("POST /api/duty/start", { body: { until: inDays(0.1) } });
  const { id } = (await resident.call("POST /api/requests", { body: submission() })).ok;
  const params = { id };
  await handler.call("POST /api/requests/:id/claim", { params });
  await handler.call("POST /api/requests/:id/first-contact", { params, body: { note: "已电话联系" } });
  return id;
}

describe("an extension", () => {
  it("is asked with a reason, shown to the committee, and moves the deadline when it is approved", async () => {
    const params = { id: await inHand() };
    const until = inDays(5);
    const asked = (
      await handler.call("POST /api/requests/:id/ask-extension", { params, body: { until, reason: "等配件" } })
    ).ok;
    expect(asked).toMatchObject({ timeRequest: { kind: "extension", until, reason: "等配件" } });
    expect(asked.resolveBy).not.toBe(until);
    const waiting = (await desk.call("GET /api/requests", { query: { attention: "time-request" } })).ok.items;
    expect(waiting.map(({ id }) => id)).toEqual([params.id]);
    expect(waiting[0]!.abilities).toEqual(expect.arrayContaining(["approve-extension", "refuse-extension"]));
    const approved = (await desk.call("POST /api/requests/:id/approve-extension", { params, body: {} })).ok;
    expect(approved).toMatchObject({ resolveBy: until, timeRequest: null });
    clock.pass(3 * DAY);
    await runDueEscalations(deps);
    expect((await types(params.id)).slice(3)).toEqual(["extension_asked", "extended", "reminded"]);
    expect((await resident.call("GET /api/inbox")).ok.items[0]!.text).toContain("延期");
  });

  it("that is refused changes nothing, and the handler is told the reason", async () => {
    const params = { id: await inHand() };
    const { resolveBy } = (
      await handler.call("POST /api/requests/:id/ask-extension", {
        params,
        body: { until: inDays(5), reason: "等配件" },
      })
    ).ok;
    const refused = (await desk.call("POST /api/requests/:id/refuse-extension", { params, body: { reason: "库房有" } }))
      .ok;
    expect(refused).toMatchObject({ resolveBy, timeRequest: null });
    await relay.drain();
    const told = (await handler.call("GET /api/inbox")).ok.items.filter(({ requestId }) => requestId === params.id);
    expect(told.map(({ text }) => text)).toEqual([expect.stringContaining("没有同意")]);
  });

  it("is not shown to the resident before the decision, and cannot be asked for by the resident", async () => {
    const params = { id: await inHand() };
    const body = { until: inDays(5), reason: "等配件" };
    await handler.call("POST /api/requests/:id/ask-extension", { params, body });
    expect((await resident.call("GET /api/requests/:id", { params })).ok).toMatchObject({ timeRequest: null });
    expect((await resident.call("POST /api/requests/:id/ask-extension", { params, body })).code).toBe(
      "request.not_allowed",
    );
    expect((await handler.call("POST /api/requests/:id/approve-extension", { params, body: {} })).code).toBe(
      "request.not_allowed",
    );
  });

  it.each([
    ["before the deadline that there is", 0.1],
    ["in the past", -1],
    ["in a year", 365],
  ])("until a time %s is refused with a next step", async (_when, days) => {
    const params = { id: await inHand() };
    const body = { until: inDays(days), reason: "等配件" };
    const answer = await handler.call("POST /api/requests/:id/ask-extension", { params, body });
    expect(answer).toMatchObject({ status: 422, code: "request.until_invalid" });
  });

  it("approved by two clerks at once is approved once; too late it is refused", async () => {
    const params = { id: await inHand() };
    await handler.call("POST /api/requests/:id/ask-extension", {
      params,
      body: { until: inDays(5), reason: "等配件" },
    });
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => desk.call("POST /api/requests/:id/approve-extension", { params, body: {} })),
    );
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409, 409, 409]);
    const late = { id: await inHand() };
    await handler.call("POST /api/requests/:id/ask-extension", {
      params: late,
      body: { until: inDays(5), reason: "x" },
    });
    clock.pass(6 * DAY);
    expect((await desk.call("POST /api/requests/:id/approve-extension", { params: late, body: {} })).code).toBe(
      "request.until_invalid",
    );
  });
});

describe("a suspension (挂账)", () => {
  it("stops the clocks while it runs, and ends by itself at its time", async () => {
    const params = { id: await inHand() };
    const before = await load(params.id);
    clock.pass(100);
    await handler.call("POST /api/requests/:id/ask-suspension", {
      params,
      body: { until: inDays(10), reason: "等大修" },
    });
    const suspended = (await desk.call("POST /api/requests/:id/approve-suspension", { params, body: {} })).ok;
    expect(suspended).toMatchObject({ status: "suspended", resolveBy: null, timeRequest: null });
    clock.pass(9 * DAY);
    await runDueEscalations(deps);
    expect(await load(params.id)).toMatchObject({ status: "suspended" });
    clock.pass(DAY);
    await runDueEscalations(deps);
    const after = await load(params.id);
    expect(after).toMatchObject({ status: "handling", clocks: { pausedSince: null, suspendedUntil: null } });
    expect(after.clocks.resolveBy.getTime() - before.clocks.resolveBy.getTime()).toBe(10 * DAY * 60_000);
    expect((await types(params.id)).slice(3)).toEqual(["suspension_asked", "suspended", "resumed"]);
  });

  it("is ended earlier by the handler; resolving needs that first", async () => {
    const params = { id: await inHand() };
    await handler.call("POST /api/requests/:id/ask-suspension", {
      params,
      body: { until: inDays(10), reason: "等大修" },
    });
    await desk.call("POST /api/requests/:id/approve-suspension", { params, body: {} });
    const body = { result: "已修好" };
    expect((await handler.call("POST /api/requests/:id/resolve", { params, body })).code).toBe(
      "request.state_conflict",
    );
    expect((await handler.call("POST /api/requests/:id/resume", { params, body: {} })).ok.status).toBe("handling");
    expect((await handler.call("POST /api/requests/:id/resolve", { params, body })).ok.status).toBe("resolved");
  });
});

describe("the list of late requests", () => {
  it("has the open requests that are overdue or supervised", async () => {
    const one = (await resident.call("POST /api/requests", { body: submission({ serviceCode: "leak" }) })).ok.id;
    clock.pass(21);
    await runDueEscalations(deps);
    const ids = async (attention: "overdue" | "supervised") =>
      (await desk.call("GET /api/requests", { query: { attention } })).ok.items.map(({ id }) => id);
    expect(await ids("overdue")).toContain(one);
    expect(await ids("supervised")).not.toContain(one);
    clock.pass(10);
    await runDueEscalations(deps);
    expect(await ids("overdue")).toContain(one);
    expect(await ids("supervised")).toContain(one);
    await resident.call("POST /api/requests/:id/withdraw", { params: { id: one }, body: { reason: "不用了" } });
    expect(await ids("overdue")).not.toContain(one);
  });
});
