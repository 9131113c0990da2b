import { describe, expect, it } from "vitest";
import { isWorkday } from "../../../server/core/domain/community/calendar.ts";
import { verifyLog } from "../../../server/log/verify-log.ts";
import { createMemoryAnchors } from "../../../server/log/anchors.ts";
import { calendarOf } from "../../../server/core/usecases/community/read-calendar.ts";
import { openWorld } from "../../support/world.ts";

const world = await openWorld();
const { deps, relay } = world;
const anyone = await world.as(null);
const list = async (from: string, to: string, id = "east") =>
  (await anyone.call("GET /api/communities/:id/calendar", { params: { id }, query: { from, to } })).ok;
const day = (date: string, id = "east") => ({ params: { id, day: date } });

describe("the calendar of a community", () => {
  it("lists holidays and worked weekends, and the years whose holidays are not known", async () => {
    const { items, unknownYears } = await list("2026-02-14", "2026-02-16");
    expect(items.map(({ day: date, special }) => [date, special?.kind, special?.name])).toEqual([
      ["2026-02-14", "workday", "春节"],
      ["2026-02-15", "holiday", "春节"],
      ["2026-02-16", "holiday", "春节"],
    ]);
    expect(unknownYears).toEqual([]);
    expect((await list("2089-12-31", "2090-01-02")).unknownYears).toEqual([2089, 2090]);
  });

  it("is changed by the committee of its own community, and every change is logged", async () => {
    const clerk = await world.as(await world.staff("committee"));
    const change = (body: { kind: "holiday" | "workday" | "ordinary" | "published"; name?: string }) =>
      clerk.call("PUT /api/communities/:id/calendar/:day", { ...day("2026-03-03"), body });
    expect((await change({ kind: "holiday", name: "消防演练" })).status).toBe(204);
    expect((await list("2026-03-03", "2026-03-03")).items).toEqual([
      { day: "2026-03-03", special: { kind: "holiday", name: "消防演练" }, published: null, changed: true },
    ]);
    expect(isWorkday(await calendarOf(deps, "east"), "2026-03-03")).toBe(false);
    expect(isWorkday(await calendarOf(deps, "west"), "2026-03-03")).toBe(true);

    await change({ kind: "published" });
    expect((await list("2026-03-03", "2026-03-03")).items).toEqual([]);

    await clerk.call("PUT /api/communities/:id/calendar/:day", { ...day("2026-04-04"), body: { kind: "ordinary" } });
    expect((await list("2026-04-04", "2026-04-04")).items).toMatchObject([
      { special: null, published: { kind: "holiday", name: "清明" }, changed: true },
    ]);

    await relay.drain();
    const rows = (await clerk.call("GET /api/log", { query: { type: "calendar.day_changed" } })).ok.items;
    expect(rows.map(({ data }) => [data["day"], data["kind"]])).toEqual([
      ["2026-03-03", "holiday"],
      ["2026-03-03", "published"],
      ["2026-04-04", "ordinary"],
    ]);
    expect(await verifyLog(deps.store, deps.keys, createMemoryAnchors())).toMatchObject({ aggregates: 4, faults: [] });
  });

  it("is refused to everybody else", async () => {
    const holiday = { kind: "holiday" } as const;
    const west = await world.as(await world.staff("committee", ["west"]));
    expect(
      (await west.call("PUT /api/communities/:id/calendar/:day", { ...day("2026-03-03"), body: holiday })).code,
    ).toBe("auth.forbidden");
    const cadre = await world.as(await world.cadre());
    expect(
      (await cadre.call("PUT /api/communities/:id/calendar/:day", { ...day("2026-03-03"), body: holiday })).code,
    ).toBe("auth.forbidden");
    expect((await list("2026-03-03", "2026-03-03", "west")).items).toEqual([]);
  });

  it("refuses an implausible year, and a range that is too long", async () => {
    const clerk = await world.as(await world.staff("committee"));
    const slip = { ...day("2062-03-03"), body: { kind: "holiday" } as const };
    expect((await clerk.call("PUT /api/communities/:id/calendar/:day", slip)).code).toBe("calendar.day_invalid");
    const range = { params: { id: "east" }, query: { from: "2026-01-01", to: "2028-01-01" } };
    expect((await anyone.call("GET /api/communities/:id/calendar", range)).code).toBe("calendar.day_invalid");
  });

  it("accepts many simultaneous changes without losing any", async () => {
    const clerk = await world.as(await world.staff("committee", ["west"]));
    const dates = ["2026-05-11", "2026-05-12", "2026-05-13"];
    const set = (date: string) =>
      clerk.call("PUT /api/communities/:id/calendar/:day", { ...day(date, "west"), body: { kind: "holiday" } });
    const answers = await Promise.all(dates.map(set));
    expect(answers.map(({ status }) => status)).toEqual([204, 204, 204]);
    expect((await list("2026-05-11", "2026-05-13", "west")).items.map((item) => item.day)).toEqual(dates);
  });
});
