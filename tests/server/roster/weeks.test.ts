import { beforeAll, describe, expect, it } from "vitest";
import { createMemoryAnchors } from "../../../server/log/anchors.ts";
import { verifyLog } from "../../../server/log/verify-log.ts";
import { backupAt, rosteredAt } from "../../../server/core/usecases/roster/published.ts";
import { monday } from "../../support/roster.ts";
import { openWorld } from "../../support/world.ts";

const world = await openWorld();
const { clock, deps, relay } = world;
clock.set("2026-03-01T12:00:00+08:00");
const [wang, li] = [await world.cadre("east", { onDuty: false }), await world.cadre("east", { onDuty: false })];
const committee = await world.as(await world.staff("committee"));
const cadre = await world.as(wang);
const next = "2026-03-09";
const at = (week = monday) => ({ params: { id: "east", monday: week } });
const pattern = {
  name: "晚班",
  position: null,
  spans: [[1050, 1260]] as [number, number][],
  weekdays: [1, 2, 3, 4, 5, 6, 7],
  holidays: "same" as const,
  makeUp: false,
  turn: "daily" as const,
  cadreIds: [wang.id, li.id],
  from: monday,
  until: null,
};
const put = (id = "evening", over = {}) =>
  committee.call("PUT /api/communities/:id/roster/patterns/:patternId", {
    params: { id: "east", patternId: id },
    body: { ...pattern, ...over },
  });
const read = async (week = monday) =>
  (await committee.call("GET /api/communities/:id/roster/weeks/:monday", at(week))).ok;
const change = (changes: object[], week = monday, key?: string) =>
  committee.call("POST /api/communities/:id/roster/weeks/:monday/changes", {
    ...at(week),
    body: { changes: changes as [] },
    ...(key ? { key } : {}),
  });
const backups = (list: { from: number; to: number; cadreId: string }[], week = monday) =>
  committee.call("PUT /api/communities/:id/roster/weeks/:monday/backups", { ...at(week), body: { backups: list } });
const publish = (week = monday) => committee.call("POST /api/communities/:id/roster/weeks/:monday/publish", at(week));

describe("a week of the roster", () => {
  it("is what the patterns say until it is changed", async () => {
    expect((await put()).ok.patterns).toMatchObject([{ id: "evening", name: "晚班" }]);
    const week = await read();
    expect(week).toMatchObject({ state: "draft", yearKnown: true, coveredMinutes: 7 * 210, coverMinutes: 10_080 });
    expect(week.shifts.map(({ day, cadreId }) => [day.slice(8), cadreId])).toEqual(
      ["02", "03", "04", "05", "06", "07", "08"].map((day, n) => [day, [wang.id, li.id][n % 2]]),
    );
    expect(week.gaps[0]).toEqual({ from: 0, to: 1050, backupId: null });
    expect(week.cadres.map(({ week: { minutes, evenings } }) => [minutes, evenings])).toEqual([
      [840, 4],
      [630, 3],
    ]);
    expect(week.positions).toEqual([{ position: "综合", minutes: 1470, cadreIds: expect.any(Array) as string[] }]);
    expect((await committee.call("GET /api/communities/:id/roster/weeks/:monday", at("2026-03-03"))).code).toBe(
      "roster.week_invalid",
    );
  });

  it("cannot be published with hours that nobody works, until a backup is named for them", async () => {
    const refused = await publish();
    expect(refused).toMatchObject({ status: 409, code: "roster.gap_without_backup" });
    expect(JSON.stringify(refused.body)).toContain("2026-03-02 00:00 至 2026-03-02 17:30");
    expect(
      (await backups([{ from: 0, to: 10_080, cadreId: li.id }])).ok.gaps.every((gap) => gap.backupId === li.id),
    ).toBe(true);
    expect((await publish()).ok).toMatchObject({ state: "published", publishedAt: clock.now().toISOString() });
    expect(await backupAt(deps, "east", new Date("2026-03-02T03:00:00+08:00"))).toBe(li.id);
    expect(await rosteredAt(deps, "east", new Date("2026-03-02T20:00:00+08:00"))).toMatchObject([{ cadreId: wang.id }]);
    expect((await backups([])).code).toBe("roster.gap_without_backup");
    expect((await publish()).ok.publishedAt).toBe(clock.now().toISOString());
  });

  it("stays as published when the patterns change", async () => {
    await put("evening", { cadreIds: [li.id] });
    expect((await read()).shifts.filter(({ cadreId }) => cadreId === wang.id)).toHaveLength(4);
    expect((await read(next)).shifts.filter(({ cadreId }) => cadreId === wang.id)).toHaveLength(0);
    await put();
  });

  it("takes changes all or none, once for one intent", async () => {
    const [first] = (await read(next)).shifts;
    const add = {
      do: "add",
      shift: { name: "午班", day: next, spans: [[720, 780]], position: null, cadreId: wang.id },
    };
    const wrong = { do: "set", shiftId: first!.id, to: { day: "2026-03-01" } };
    expect((await change([add, wrong], next)).code).toBe("roster.day_outside");
    expect((await read(next)).shifts).toHaveLength(7);
    const once = await Promise.all([1, 2, 3].map(() => change([add], next, "one-intent")));
    expect(once.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect((await read(next)).shifts).toHaveLength(8);
    const reset = await committee.call("POST /api/communities/:id/roster/weeks/:monday/reset", at(next));
    expect(reset.ok.shifts).toHaveLength(7);
  });

  it.each([
    ["a shift of somebody who is no cadre here", { cadreId: "f".repeat(24) }, "cadre.unknown"],
    ["a shift that ends before it begins", { spans: [[780, 720]] }, "roster.spans_invalid"],
  ])("refuses %s in a word that the contract announces", async (_what, over, code) => {
    const shift = { name: "午班", day: next, spans: [[720, 780]], position: null, cadreId: wang.id, ...over };
    expect((await change([{ do: "add", shift }], next)).code).toBe(code);
  });

  it("takes changes of two clerks at once: neither is lost", async () => {
    const day = (n: number) => `2026-03-1${n}`;
    const add = (n: number) =>
      change(
        [{ do: "add", shift: { name: `临时${n}`, day: day(n), spans: [[600, 660]], position: null, cadreId: li.id } }],
        next,
      );
    await Promise.all([0, 1, 2, 3].map(add));
    expect((await read(next)).shifts.filter(({ name }) => name.startsWith("临时"))).toHaveLength(4);
  });

  it("is seen by the community's staff, and changed by its committee only", async () => {
    expect((await cadre.call("GET /api/communities/:id/roster/weeks/:monday", at())).ok.abilities).toEqual([]);
    const west = await world.as(await world.staff("committee", ["west"]));
    expect((await west.call("GET /api/communities/:id/roster/weeks/:monday", at())).code).toBe("auth.forbidden");
    expect((await west.call("POST /api/communities/:id/roster/weeks/:monday/publish", at())).code).toBe(
      "auth.forbidden",
    );
    const resident = await world.as(await world.resident());
    expect((await resident.call("GET /api/communities/:id/roster/weeks/:monday", at())).code).toBe("auth.forbidden");
    expect((await cadre.call("POST /api/communities/:id/roster/weeks/:monday/publish", at(next))).code).toBe(
      "auth.forbidden",
    );
  });

  it("tells its cadres, once, and leaves every step in the log", async () => {
    await relay.drain();
    const inbox = (await cadre.call("GET /api/inbox", { query: {} })).ok.items;
    expect(inbox.map(({ text, day }) => [text, day])).toEqual([["新一周的班表发布了，请在“我的班表”里查看。", monday]]);
    const rows = (await committee.call("GET /api/log", { query: { limit: 100 } })).ok.items;
    expect(rows.map(({ type }) => type)).toContain("roster.published");
    expect(await verifyLog(deps.store, deps.keys, createMemoryAnchors())).toMatchObject({ faults: [] });
  });

  it("has a plan that knows its limits", async () => {
    expect((await put("x", { spans: [[600, 500]] })).code).toBe("roster.spans_invalid");
    expect((await put("x", { cadreIds: ["0".repeat(24)] })).code).toBe("cadre.unknown");
    const gone = { params: { id: "east", patternId: "gone" } };
    expect((await committee.call("DELETE /api/communities/:id/roster/patterns/:patternId", gone)).code).toBe(
      "roster.pattern_unknown",
    );
    const cover = { params: { id: "east" }, body: { cover: [[450, 1260]] as [number, number][] } };
    expect((await committee.call("PUT /api/communities/:id/roster/cover", cover)).ok.cover).toEqual([[450, 1260]]);
    expect((await read("2026-03-16")).gaps[0]).toEqual({ from: 450, to: 1050, backupId: null });
  });
});

// The other community has day and night shifts around the clock.
const clerk = await world.as(await world.staff("committee", ["west"]));
const [day, night] = [await world.cadre("west", { onDuty: false }), await world.cadre("west", { onDuty: false })];
const west = (week = monday) => ({ params: { id: "west", monday: week } });

describe("the turn of the week", () => {
  const sunday = "2026-03-08";
  const changed = (one: object, week = monday) =>
    clerk.call("POST /api/communities/:id/roster/weeks/:monday/changes", {
      ...west(week),
      body: { changes: [one] as object[] as [] },
    });
  beforeAll(async () => {
    const worked = (patternId: string, spans: [number, number][], cadreId: string) =>
      clerk.call("PUT /api/communities/:id/roster/patterns/:patternId", {
        params: { id: "west", patternId },
        body: { ...pattern, spans, turn: "all", cadreIds: [cadreId], from: "2026-02-02" },
      });
    await worked("day", [[360, 1320]], day.id);
    await worked("night", [[1320, 1800]], night.id);
    for (const week of [monday, next])
      expect((await clerk.call("POST /api/communities/:id/roster/weeks/:monday/publish", west(week))).status).toBe(200);
  });

  it("leaves a published Monday without a gap when the night before it is shortened", async () => {
    const shorter = { do: "set", shiftId: `night:${sunday}:${night.id}`, to: { spans: [[1320, 1440]] } };
    const refused = await changed(shorter);
    expect(refused).toMatchObject({ status: 409, code: "roster.gap_without_backup" });
    expect(JSON.stringify(refused.body)).toContain("2026-03-09 00:00 至 2026-03-09 06:00");
  });

  it("leaves it without one when a draft before it goes back to what the patterns say", async () => {
    const [draft, after] = ["2026-03-16", "2026-03-23"];
    await changed({ do: "set", shiftId: `night:2026-03-22:${night.id}`, to: { spans: [[1320, 1860]] } }, draft);
    await changed({ do: "set", shiftId: `day:${after}:${day.id}`, to: { spans: [[420, 1320]] } }, after);
    const to = west(after);
    expect((await clerk.call("POST /api/communities/:id/roster/weeks/:monday/publish", to)).status).toBe(200);
    const reset = await clerk.call("POST /api/communities/:id/roster/weeks/:monday/reset", west(draft));
    expect(reset.code).toBe("roster.gap_without_backup");
  });

  it("gives nobody a Sunday night that reaches into their own Monday", async () => {
    const shift = { name: "夜班", day: sunday, spans: [[1320, 1920]], position: null, cadreId: day.id };
    expect((await changed({ do: "add", shift })).code).toBe("roster.clash");
  });
});
