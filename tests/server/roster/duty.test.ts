import { describe, expect, it } from "vitest";
import { monday } from "../../support/roster.ts";
import { publishRoster } from "../../support/published-roster.ts";
import { submission } from "../../support/requests.ts";
import { openWorld } from "../../support/world.ts";

const world = await openWorld();
const { clock, deps } = world;
clock.set("2026-03-01T12:00:00+08:00");
const wang = await world.cadre("east", { onDuty: false, name: "王敏" });
const li = await world.cadre("east", { onDuty: false, name: "李强" });
const chen = await world.cadre("east", { onDuty: false, name: "陈静" });
await publishRoster(deps, await world.staff("committee"), [wang.id, li.id], chen.id);
const [asWang, asChen] = [await world.as(wang), await world.as(chen)];
const anyone = await world.as(null);
const duty = async () => (await anyone.call("GET /api/communities/:id/duty", { params: { id: "east" } })).ok;

describe("duty by the roster", () => {
  it("says who comes next, and when, while nobody is there; and who is on call", async () => {
    clock.set("2026-03-02T07:00:00+08:00");
    expect(await duty()).toMatchObject({
      items: [],
      next: { at: "2026-03-02T09:30:00.000Z", cadres: [{ name: "王敏", dutyPhone: "021-55500001" }] },
      backup: { name: "陈静" },
    });
    expect((await asWang.call("POST /api/duty/check-in", {})).code).toBe("duty.no_shift");
  });

  it("is checked in to until the shift's end, and only then claims", async () => {
    clock.set("2026-03-02T17:40:00+08:00");
    expect((await duty()).items).toMatchObject([{ name: "王敏", checkedIn: false }]);
    const resident = await world.as(await world.resident());
    const { id } = (await resident.call("POST /api/requests", { body: submission() })).ok;
    expect((await asWang.call("POST /api/requests/:id/claim", { params: { id } })).code).toBe("duty.not_on_duty");
    const until = "2026-03-02T13:00:00.000Z";
    expect((await asWang.call("POST /api/duty/check-in", {})).ok).toMatchObject({ until, endedAt: null });
    expect((await asWang.call("POST /api/duty/check-in", {})).ok).toMatchObject({ until });
    expect(await duty()).toMatchObject({
      items: [{ name: "王敏", checkedIn: true, onDutyUntil: until }],
      next: { at: "2026-03-03T09:30:00.000Z", cadres: [{ name: "李强" }] },
      backup: null,
    });
    expect((await asWang.call("POST /api/requests/:id/claim", { params: { id } })).status).toBe(200);
  });

  it("goes on beside a duty by hand, which may be longer", async () => {
    const until = "2026-03-02T15:00:00.000Z";
    await asChen.call("POST /api/duty/start", { body: { until } });
    expect((await duty()).items.map(({ name, onDutyUntil }) => [name, onDutyUntil])).toEqual([
      ["陈静", until],
      ["王敏", "2026-03-02T13:00:00.000Z"],
    ]);
    await asChen.call("POST /api/duty/end", {});
  });

  it("ends when a cadre goes home early, for everybody to see; not by a duty in another community", async () => {
    clock.set("2026-03-02T20:00:00+08:00");
    const { duty: own } = (await deps.store.users.find(wang.id))!;
    await deps.store.users.update(wang.id, { duty: { ...own!, communityId: "west", until: clock.now() } });
    expect(await duty()).toMatchObject({ items: [{ name: "王敏", checkedIn: false }] });
    await deps.store.users.update(wang.id, { duty: own });
    await asWang.call("POST /api/duty/end", {});
    expect(await duty()).toMatchObject({ items: [], backup: { name: "陈静" }, next: { cadres: [{ name: "李强" }] } });
  });

  it("lists a cadre's own shifts from today on, hours on call, and the one to check in to", async () => {
    clock.set("2026-03-04T17:05:00+08:00");
    const mine = (await asWang.call("GET /api/me/shifts")).ok;
    expect(mine.now).toMatchObject({ from: "2026-03-04T09:30:00.000Z", to: "2026-03-04T13:00:00.000Z" });
    expect(mine.shifts.map(({ day, maySwap }) => [day, maySwap])).toEqual([
      ["2026-03-04", true],
      ["2026-03-06", true],
      ["2026-03-08", true],
    ]);
    expect((await asChen.call("GET /api/me/shifts")).ok).toMatchObject({
      shifts: [],
      onCall: [{ from: "2026-03-01T16:00:00.000Z", to: "2026-03-08T16:00:00.000Z" }],
    });
  });
});

describe("the calendar feed", () => {
  const read = async (path: string) => {
    const response = await fetch(world.base + path);
    return { status: response.status, type: response.headers.get("content-type"), text: await response.text() };
  };
  const renew = async () => (await asWang.call("POST /api/me/calendar-feed", {})).ok.path;

  it("has the published shifts, in UTC, with an id that stays", async () => {
    const file = await read(await renew());
    expect(file).toMatchObject({ status: 200, type: "text/calendar; charset=utf-8" });
    const lines = file.text.replaceAll("\r\n ", "").split("\r\n");
    expect(lines.filter((line) => line.startsWith("DTSTART"))).toEqual([
      "DTSTART:20260302T093000Z",
      "DTSTART:20260304T093000Z",
      "DTSTART:20260306T093000Z",
      "DTSTART:20260308T093000Z",
    ]);
    expect(lines.filter((line) => line.startsWith("SUMMARY"))[0]).toBe("SUMMARY:晚班 · 东苑");
    expect(lines.filter((line) => line.startsWith("UID"))[0]).toBe(
      `UID:east:evening:${monday}:${wang.id}:2026-03-02T09:30:00.000Z@dianxiaoer`,
    );
    // Ids are hexadecimal and may contain eleven digits in a row, so they are excluded.
    expect(file.text).not.toMatch(/李强|(?<![0-9a-f])1\d{10}(?![0-9a-f])/);
  });

  it("ends with a new address, and with a revocation", async () => {
    const old = await renew();
    const path = await renew();
    expect((await read(old)).status).toBe(404);
    expect((await read(path)).status).toBe(200);
    expect((await asWang.call("DELETE /api/me/calendar-feed", {})).status).toBe(204);
    expect((await read(path)).status).toBe(404);
  });

  it("is opened by no other secret: a forged one, another kind's, another's", async () => {
    const path = await renew();
    const forged = path.replace(/\.ics$/, "").slice(0, -3) + "AAA.ics";
    expect((await read(forged)).status).toBe(404);
    const refresh = deps.tokens.issueRefresh(wang.id, 1);
    expect((await read(`/api/calendar/${refresh}.ics`)).status).toBe(404);
    expect(deps.tokens.readRefresh(path.split("/").at(-1)!.replace(".ics", ""))).toBeNull();
    expect(JSON.stringify(await world.dump())).not.toContain(path.split(".").at(-2));
  });
});
