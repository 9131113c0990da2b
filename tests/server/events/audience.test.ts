import { afterAll, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import type { DomainEvent } from "../../../server/kernel/event.ts";
import { liveAs } from "../../support/live.ts";
import { submission } from "../../support/requests.ts";
import { openWorld } from "../../support/world.ts";

/** A declared type of event with a notice to everybody and without an audience. */
const PROBED = "request.probed";
/** The same with one of its two fields declared for the resident. */
const SHOWN = "request.shown";

// Modules are shared with the files that run before and after, except here, where one of them is another.
vi.hoisted(() => vi.resetModules());
afterAll(() => void vi.resetModules());
vi.mock(import("../../../contract/events.ts"), async (original) => {
  const actual = await original();
  const { defineEvent } = await import("../../../contract/events/define.ts");
  const probe = {
    label: "试",
    about: "request",
    stale: ["GET /api/log"],
    data: z.strictObject({ status: z.string(), secret: z.string(), open: z.string() }),
    notice: { to: ["resident", "handler", "filer", "followers", "organization"], text: "试" },
  } as const;
  const declarations = {
    ...actual.declarations,
    "request.probed": defineEvent(probe),
    "request.shown": defineEvent({ ...probe, audience: { resident: ["status", "open"] } }),
  };
  return { ...actual, declarations };
});

const world = await openWorld();
const { deps, relay, tail, live } = world;

/** Creates a claimed request of a resident with an event of this type. */
async function withEvent(type: string) {
  const [resident, cadre] = await Promise.all([world.resident(), world.cadre()]);
  const [mine, his] = await Promise.all([world.as(resident), world.as(cadre)]);
  const params = { id: (await mine.call("POST /api/requests", { body: submission() })).ok.id };
  await his.call("POST /api/requests/:id/claim", { params });
  await relay.drain();
  const listening = await Promise.all([liveAs(world, resident), liveAs(world, cadre)]);
  const { request } = (await deps.store.requests.load(params.id))!;
  const event = {
    ...{ version: request.version + 1, type, at: deps.clock.now(), communityId: "east", requestId: request.id },
    ...{ requestNo: request.no, serviceCode: request.serviceCode },
    about: { kind: "request", id: request.id, no: request.no },
    actor: { id: "system", role: "system", name: "系统" },
    subjects: { residentId: resident.id, handlerId: cadre.id, previousHandlerId: null },
    data: { status: "claimed", secret: "不给居民看", open: "给居民看" },
  } as unknown as DomainEvent<"request.claimed">;
  expect(await deps.store.requests.saveStep(request.id, { set: {}, event }, null)).toBe(true);

  const timelineOf = async (api: typeof mine) => (await api.call("GET /api/requests/:id", { params })).ok.timeline;
  const inboxOf = async (api: typeof mine) => (await api.call("GET /api/inbox")).ok.items.map((notice) => notice.type);
  /** All places where a person can read of the event. */
  async function seenBy(api: typeof mine, n: 0 | 1) {
    const client = listening[n];
    const found = (await timelineOf(api)).find((entry) => entry.type === type);
    const { record, requests } = (await api.call("GET /api/me/export")).ok.data;
    return {
      timeline: found?.data ?? null,
      live: client.heard().some((heard) => heard.endsWith(type)),
      inbox: (await inboxOf(api)).includes(type),
      ownData: JSON.stringify([record, requests]).includes(type),
    };
  }
  const waiting = {
    mine: (await timelineOf(mine)).some((entry) => entry.type === type),
    his: (await timelineOf(his)).some((entry) => entry.type === type),
  };
  await relay.drain();
  await tail.poll();
  const beats = listening.map((client) => client.next("beat"));
  await live.beat();
  await Promise.all(beats);
  const seen = { resident: await seenBy(mine, 0), cadre: await seenBy(his, 1) };
  for (const client of listening) client.drop();
  return { waiting, seen };
}

describe("a newly declared event", () => {
  it("without an audience is shown to the staff only: not in the resident's timeline, live events, inbox or own data", async () => {
    const { waiting, seen } = await withEvent(PROBED);
    expect(waiting).toEqual({ mine: false, his: true });
    expect(seen.resident).toEqual({ timeline: null, live: false, inbox: false, ownData: false });
    expect(seen.cadre).toMatchObject({ timeline: { secret: "不给居民看" }, live: true, inbox: true });
  });

  it("with the resident in its audience shows them the declared fields", async () => {
    const { waiting, seen } = await withEvent(SHOWN);
    expect(waiting).toEqual({ mine: true, his: true });
    const timeline = { status: "claimed", open: "给居民看" };
    expect(seen.resident).toEqual({ timeline, live: true, inbox: true, ownData: true });
  });
});
