import { describe, expect, it } from "vitest";
import type { DomainEvent } from "../../../server/kernel/event.ts";
import { newAggregate, stepUpdate } from "../../../server/kernel/aggregate.ts";
import { submission } from "../../support/requests.ts";
import { openWorld } from "../../support/world.ts";

const world = await openWorld();
const { deps } = world;

const noted = (over: object): DomainEvent =>
  ({
    ...{
      version: 2,
      type: "request.noted",
      at: deps.clock.now(),
      communityId: "east",
      requestId: "r",
      requestNo: "B1",
    },
    ...{ serviceCode: "parcel", about: { kind: "request", id: "r", no: "B1" } },
    actor: { id: "c", role: "cadre", name: "干部" },
    subjects: { residentId: "u", handlerId: "c", previousHandlerId: null },
    data: { status: "claimed", respondBy: null, resolveBy: null, messageId: "m", text: "已去现场" },
    ...over,
  }) as unknown as DomainEvent;
const progress = { status: "claimed", respondBy: null, resolveBy: null };

describe("what is not declared", () => {
  it.each([
    ["a type", { type: "request.whispered" }, /request\.whispered is not declared/],
    ["a field", { data: { ...progress, messageId: "m", text: "好", phone: "13800000001" } }, /phone/],
    ["a field by another name", { data: { ...progress, messageId: "m", txt: "好" } }, /txt/],
    ["a value", { data: { ...progress, status: "lost", messageId: "m", text: "好" } }, /status/],
    ["what it is about", { about: { kind: "photo", id: "p", no: null } }, /is about photo/],
    ["that it is about something", { about: undefined }, /is about nothing/],
  ])("is not written: %s", (_what, over, fault) => {
    expect(() => newAggregate(noted(over), null)).toThrow(fault);
    expect(() => stepUpdate({}, noted(over), null)).toThrow(fault);
    expect(() => stepUpdate({}, noted({}), null, noted(over))).toThrow(fault);
  });

  it("leaves the aggregate as it was", async () => {
    const api = await world.as(await world.resident());
    const { id } = (await api.call("POST /api/requests", { body: submission() })).ok;
    const before = await deps.store.requests.load(id);
    const event = noted({ requestId: id, data: { ...progress, txt: "好" } }) as DomainEvent<"request.noted">;
    await expect(
      deps.store.requests.saveStep(id, { set: { content: { title: "别的" } }, event }, null),
    ).rejects.toThrow(/txt/);
    expect(await deps.store.requests.load(id)).toEqual(before);
  });

  it("what is declared is written", () => {
    expect(newAggregate(noted({}), null).outbox).toHaveLength(1);
    expect(stepUpdate({}, noted({}), null)).toMatchObject({ $set: { version: 2 } });
  });
});
