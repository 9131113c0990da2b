import type mongoose from "mongoose";
import { describe, expect, it } from "vitest";
import { signDays } from "../../../server/log/day-anchors.ts";
import { endExpiredDuties } from "../../../server/core/usecases/duty/end-expired-duties.ts";
import { connect } from "../../../server/core/store/connection.ts";
import type { LogRow } from "../../../server/log/store/log-row.ts";
import { freshDatabase } from "../../support/engine.ts";
import { publishRoster } from "../../support/published-roster.ts";
import { submission } from "../../support/requests.ts";
import { openWorld } from "../../support/world.ts";

const database = freshDatabase();
const connection = await connect(database.uri, database.name);
const world = await openWorld({ connection });
/** Access to the database without the keys. */
const log = connection.collection("service_log") as unknown as mongoose.mongo.Collection<LogRow>;
const { clock, deps } = world;
clock.set("2026-03-01T12:00:00+08:00");
const wang = await world.cadre("east", { onDuty: false, name: "王敏" });
const li = await world.cadre("east", { onDuty: false, name: "李强" });
const clerk = await world.staff("committee");
await publishRoster(deps, clerk, [wang.id, li.id], li.id);
const [asWang, asLi, asClerk] = [await world.as(wang), await world.as(li), await world.as(clerk)];
const resident = await world.as(await world.resident());
const day = "2026-03-02";
const proof = (reader = asClerk, cadreId = wang.id, of = day) =>
  reader.call("GET /api/communities/:id/duty-proof", { params: { id: "east" }, query: { cadreId, day: of } });

clock.set("2026-03-02T17:35:00+08:00");
await asWang.call("POST /api/duty/check-in", {});
const { id } = (await resident.call("POST /api/requests", { body: submission() })).ok;
const params = { id };
clock.set("2026-03-02T18:00:00+08:00");
await asWang.call("POST /api/requests/:id/claim", { params });
await asWang.call("POST /api/requests/:id/first-contact", { params, body: { note: "约好七点" } });
clock.set("2026-03-02T19:30:00+08:00");
await asWang.call("POST /api/requests/:id/resolve", { params, body: { result: "换好了" } });
// The duty ends by itself at 21:00. Afterwards the cadre reads the request once more.
clock.set("2026-03-02T21:05:00+08:00");
await endExpiredDuties(deps, "east");
await world.relay.drain();

describe("the proof of a day's duty", () => {
  it("has the shift, the hours that she was there, and what she did in them, in order", async () => {
    const { ok } = await proof();
    expect(ok).toMatchObject({
      ...{ day, communityName: expect.any(String), cadre: { id: wang.id, name: "王敏" } },
      planned: [{ from: "2026-03-02T09:30:00.000Z", to: "2026-03-02T13:00:00.000Z" }],
      duties: [{ from: "2026-03-02T09:35:00.000Z", to: "2026-03-02T13:00:00.000Z" }],
    });
    expect(ok.rows.map(({ type, onDuty }) => [type, onDuty])).toEqual([
      ["duty.started", true],
      ["request.claimed", true],
      ["request.contacted", true],
      ["request.resolved", true],
    ]);
    const positions = ok.rows.map(({ pos }) => pos ?? 0);
    expect(positions).toEqual(positions.toSorted((a, b) => a - b));
  });

  it("says that what was done off duty was done off duty", async () => {
    clock.set("2026-03-03T09:00:00+08:00");
    await asLi.call("POST /api/duty/start", { body: { until: "2026-03-03T03:00:00.000Z" } });
    await asLi.call("POST /api/duty/end", {});
    clock.set("2026-03-03T09:30:00+08:00");
    await asWang.call("POST /api/requests/:id/internal-note", { params, body: { text: "第二天想起来的" } });
    await world.relay.drain();
    const { ok } = await proof(asClerk, wang.id, "2026-03-03");
    expect(ok).toMatchObject({ planned: [], duties: [], rows: [{ type: "request.internally_noted", onDuty: false }] });
    expect((await proof(asClerk, li.id, "2026-03-03")).ok.duties).toEqual([
      { from: "2026-03-03T01:00:00.000Z", to: "2026-03-03T01:00:00.000Z" },
    ]);
  });

  it("has one stretch over midnight whose end was changed, on both days, and none afterwards", async () => {
    clock.set("2026-03-03T22:00:00+08:00");
    await asLi.call("POST /api/duty/start", { body: { until: "2026-03-03T17:00:00.000Z" } });
    clock.set("2026-03-04T00:30:00+08:00");
    await asLi.call("POST /api/duty/start", { body: { until: "2026-03-03T18:00:00.000Z" } });
    clock.set("2026-03-04T12:00:00+08:00");
    await world.relay.drain();
    const night = { from: "2026-03-03T14:00:00.000Z", to: "2026-03-03T18:00:00.000Z" };
    expect((await proof(asClerk, li.id, "2026-03-03")).ok.duties.at(-1)).toEqual(night);
    expect((await proof(asClerk, li.id, "2026-03-04")).ok.duties).toEqual([night]);
    expect((await proof(asClerk, li.id, "2026-03-05")).ok.duties).toEqual([]);
  });

  it("is read by the committee, and by the cadre of their own", async () => {
    expect((await proof(asWang)).ok.rows).toHaveLength(4);
    expect((await proof(asLi)).code).toBe("auth.forbidden");
    expect((await proof(resident)).code).toBe("auth.forbidden");
    expect((await proof(await world.as(await world.staff("committee", ["west"])))).code).toBe("auth.forbidden");
    expect((await proof(asClerk, "f".repeat(24))).code).toBe("post.unknown");
  });

  it("falls under the signed end of the day, once there is one", async () => {
    const { sealed } = (await proof()).ok;
    expect(sealed).toMatchObject({ holds: true, anchor: null });
    await signDays(deps, "east");
    const signed = (await proof()).ok;
    const last = signed.rows.at(-1);
    expect(signed.sealed).toMatchObject({ holds: true, range: { last: last?.pos }, seal: last?.seal, anchor: { day } });
    expect(signed.sealed?.anchor?.pos).toBeGreaterThanOrEqual(last?.pos ?? Infinity);
    expect(signed.sealed?.anchor?.fingerprint).toMatch(/^([0-9a-f]{4} ){5}[0-9a-f]{4}$/);
  });

  it("tells the cadre no positions: a gap would be a row that is not for them", async () => {
    const own = (await proof(asWang)).ok;
    expect(own.sealed).toMatchObject({ holds: true, range: null, anchor: { day, pos: null } });
    expect(own.rows.map(({ pos }) => pos)).toEqual([null, null, null, null]);
  });

  it("does not hold when a row was changed in the database, also one of somebody else in between", async () => {
    const row = (await log.findOne({ communityId: "east", type: "duty.ended" })) ?? expect.fail("no such row");
    await log.updateOne({ _id: row._id }, { $set: { at: new Date("2026-03-02T14:00:00Z") } });
    expect((await proof()).ok.sealed).toMatchObject({ holds: false });
    await log.updateOne({ _id: row._id }, { $set: { at: row.at } });
    expect((await proof()).ok.sealed).toMatchObject({ holds: true });
  });
});
