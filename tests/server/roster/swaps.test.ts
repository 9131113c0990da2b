import { describe, expect, it } from "vitest";
import { createMemoryAnchors } from "../../../server/log/anchors.ts";
import { toActor } from "../../../server/core/domain/accounts/user.ts";
import { verifyLog } from "../../../server/log/verify-log.ts";
import { savePattern, setCover } from "../../../server/core/usecases/roster/edit-plan.ts";
import { publishWeek } from "../../../server/core/usecases/roster/edit-week.ts";
import { aPattern, monday } from "../../support/roster.ts";
import { openWorld } from "../../support/world.ts";
import { publishRoster } from "../../support/published-roster.ts";

const world = await openWorld();
const { clock, deps, relay } = world;
clock.set("2026-03-01T12:00:00+08:00");
const [wang, li, chen] = [
  await world.cadre("east", { onDuty: false, name: "王敏" }),
  await world.cadre("east", { onDuty: false, name: "李强" }),
  await world.cadre("east", { onDuty: false, name: "陈静" }),
];
const clerk = await world.staff("committee");
const committee = await world.as(clerk);
const [asWang, asLi, asChen] = [await world.as(wang), await world.as(li), await world.as(chen)];
// From Monday 2 March, 王敏 has the even days of the month and 李强 the odd ones.
await publishRoster(deps, clerk, [wang.id, li.id], chen.id);
const week = { params: { id: "east", monday } };
const shiftOf = (day: string, id: string) => `evening:${day}:${id}`;

const ask = (day: string, over: object = {}, key?: string) =>
  asWang.call("POST /api/communities/:id/roster/weeks/:monday/swaps", {
    ...week,
    body: { shiftId: shiftOf(day, wang.id), toId: li.id, ...over },
    ...(key ? { key } : {}),
  });
const step = (api: typeof asWang, swapId: string, what: "accept" | "decline" | "withdraw" | "approve" | "refuse") =>
  api.call("POST /api/communities/:id/roster/weeks/:monday/swaps/:swapId", {
    params: { ...week.params, swapId },
    body: { step: what },
  });
const cadresOn = async (day: string) =>
  (await asChen.call("GET /api/communities/:id/roster/weeks/:monday", week)).ok.shifts
    .filter((shift) => shift.day === day)
    .map(({ cadreId }) => cadreId);

describe("a swap", () => {
  it("is asked, accepted, approved: then, and only then, the shifts change hands", async () => {
    const { ok: swap } = await ask("2026-03-02", { returnShiftId: shiftOf("2026-03-03", li.id) });
    expect(swap).toMatchObject({
      state: "asked",
      from: { name: "王敏" },
      to: { name: "李强" },
      abilities: ["withdraw"],
    });
    expect((await step(asChen, swap.id, "accept")).code).toBe("auth.forbidden");
    expect((await step(committee, swap.id, "approve")).code).toBe("swap.state_conflict");
    const mine = (await asLi.call("GET /api/me/shifts")).ok.swaps;
    expect(mine).toMatchObject([{ id: swap.id, abilities: ["accept", "decline"] }]);
    expect((await step(asLi, swap.id, "accept")).ok.state).toBe("accepted");
    expect(await cadresOn("2026-03-02")).toEqual([wang.id]);
    expect((await step(committee, swap.id, "approve")).ok.state).toBe("approved");
    expect([await cadresOn("2026-03-02"), await cadresOn("2026-03-03")]).toEqual([[li.id], [wang.id]]);
    await relay.drain();
    const told = async (api: typeof asWang) =>
      (await api.call("GET /api/inbox", { query: {} })).ok.items.map(({ text }) => text);
    expect((await told(asWang)).toReversed().slice(1)).toEqual([
      "李强愿意换班，等居委会批准。",
      "居委会批准了换班，请在“我的班表”里核对。",
    ]);
    expect((await told(asLi)).toReversed().slice(1)).toEqual([
      "王敏想请您换班，请在“我的班表”里答复。",
      "居委会批准了换班，请在“我的班表”里核对。",
    ]);
  });

  it("of many clicks is one", async () => {
    const { ok: swap } = await ask("2026-03-04");
    await step(asLi, swap.id, "accept");
    const clicks = await Promise.all([1, 2, 3, 4].map(() => step(committee, swap.id, "approve")));
    expect(clicks.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(clicks.filter(({ code }) => code === "swap.state_conflict")).toHaveLength(3);
    expect(await cadresOn("2026-03-04")).toEqual([li.id]);
    const same = await Promise.all([1, 2, 3].map(() => ask("2026-03-06", {}, "ask-one-time")));
    expect(new Set(same.map(({ ok }) => ok.id)).size).toBe(1);
    expect((await ask("2026-03-06")).code).toBe("swap.open");
  });

  it("that a clerk overtakes by hand is off", async () => {
    const { ok: swap } = await ask("2026-03-08");
    await step(asLi, swap.id, "accept");
    const to = { cadreId: chen.id };
    const changes = [{ do: "set" as const, shiftId: shiftOf("2026-03-08", wang.id), to }];
    await committee.call("POST /api/communities/:id/roster/weeks/:monday/changes", { ...week, body: { changes } });
    expect((await step(committee, swap.id, "approve")).code).toBe("swap.state_conflict");
    expect(await cadresOn("2026-03-08")).toEqual([chen.id]);
  });
});

const leave = (api: typeof asWang, id: string, what: "approve" | "refuse" | "cancel") =>
  api.call("POST /api/leaves/:id", { params: { id }, body: { step: what } });

describe("a leave", () => {
  it("is asked, approved, and then takes the cadre off the roster; nobody else learns why", async () => {
    const from = "2026-03-05T00:00:00+08:00";
    const to = "2026-03-06T00:00:00+08:00";
    const asked = await asLi.call("POST /api/leaves", { body: { kind: "sick", from, to, note: "手术" } });
    expect(asked).toMatchObject({ status: 201, ok: { state: "asked", abilities: ["cancel"] } });
    expect((await committee.call("GET /api/leaves")).ok.items).toMatchObject([
      // The gaps that the leave would open are shown before the decision. 陈静 is the backup all week.
      {
        note: "手术",
        abilities: ["approve", "refuse"],
        opens: [{ monday, from: 3 * 1440 + 1050, to: 3 * 1440 + 1260, backup: { name: "陈静" } }],
      },
    ]);
    expect((await asLi.call("GET /api/leaves")).ok.items).toMatchObject([{ note: "手术", opens: [] }]);
    expect((await leave(asLi, asked.ok.id, "approve")).code).toBe("auth.forbidden");
    await leave(committee, asked.ok.id, "approve");
    const view = async (api: typeof asWang) =>
      (await api.call("GET /api/communities/:id/roster/weeks/:monday", week)).ok;
    const thursday = (await view(committee)).shifts.filter(({ day }) => day === "2026-03-05");
    expect(thursday).toMatchObject([{ cadreId: li.id, away: true }]);
    // 陈静 is the backup all week, so the evening becomes a gap with a named backup.
    expect(
      (await view(committee)).gaps.find((gap) => gap.from <= 3 * 1440 + 1050 && gap.to >= 3 * 1440 + 1260),
    ).toMatchObject({
      backupId: chen.id,
    });
    expect((await view(asWang)).leaves).toEqual([]);
    expect((await view(asLi)).leaves).toMatchObject([{ kind: "sick" }]);
    clock.set("2026-03-05T18:00:00+08:00");
    expect(
      (await (await world.as(null)).call("GET /api/communities/:id/duty", { params: { id: "east" } })).ok,
    ).toMatchObject({
      items: [],
      backup: { name: "陈静" },
      next: { at: "2026-03-06T09:30:00.000Z", cadres: [{ name: "王敏" }] },
    });
    await leave(asLi, asked.ok.id, "cancel");
    expect(
      (await (await world.as(null)).call("GET /api/communities/:id/duty", { params: { id: "east" } })).ok,
    ).toMatchObject({
      items: [{ name: "李强", checkedIn: false, onDutyUntil: "2026-03-05T13:00:00.000Z" }],
      backup: null,
    });
    await relay.drain();
    const rows = (await asWang.call("GET /api/log", { query: { limit: 100 } })).ok.items;
    expect(rows.filter(({ type }) => type.startsWith("leave.")).map(({ type }) => type)).toEqual([
      "leave.asked",
      "leave.approved",
      "leave.cancelled",
    ]);
    expect(JSON.stringify(rows)).not.toMatch(/手术|sick/);
    expect(await verifyLog(deps.store, deps.keys, createMemoryAnchors())).toMatchObject({ faults: [] });
  });

  it("of whoever is on call leaves nobody in hours in which nobody works; decided, it opens nothing more", async () => {
    const [from, to] = ["2026-03-06T00:00:00+08:00", "2026-03-07T00:00:00+08:00"];
    const opens = async () =>
      (await committee.call("GET /api/leaves")).ok.items.map((item) => [item.cadre.name, item.opens]);
    const leaveOf = async (api: typeof asWang) =>
      (await api.call("POST /api/leaves", { body: { kind: "annual", from, to } })).ok.id;
    const wangs = await leaveOf(asWang);
    const evening = { monday, from: 4 * 1440 + 1050, to: 4 * 1440 + 1260 };
    expect(await opens()).toContainEqual(["王敏", [{ ...evening, backup: { id: chen.id, name: "陈静" } }]]);
    await leave(committee, wangs, "approve");
    await leaveOf(asChen);
    const all = new Map((await opens()) as [string, object[]][]);
    expect(all.get("王敏")).toEqual([]);
    // The gap is all of Friday, because she is the only cadre.
    expect(all.get("陈静")).toEqual([{ monday, from: 4 * 1440, to: 5 * 1440, backup: null }]);
  });

  it("cannot end before it starts, or lie in the past", async () => {
    const bad = (from: string, to: string) => asLi.call("POST /api/leaves", { body: { kind: "annual", from, to } });
    expect((await bad("2026-03-08T00:00:00Z", "2026-03-08T00:00:00Z")).code).toBe("leave.time_invalid");
    expect((await bad("2026-03-01T00:00:00Z", "2026-03-02T00:00:00Z")).code).toBe("leave.time_invalid");
  });
});

// A cadre of the other community with evening shifts, who is on leave for a whole week.
const away = await world.cadre("west", { onDuty: false });
const boss = await world.staff("committee", ["west"]);
const [asAway, desk] = [await world.as(away), await world.as(boss)];

describe("a leave that is taken", () => {
  const evening = 210;
  const third = "2026-03-16";
  const whole = { from: "2026-03-16T00:00:00+08:00", to: "2026-03-23T00:00:00+08:00" };
  const recent = async (at: string) => {
    const params = { id: "west", monday: at };
    const { cadres } = (await desk.call("GET /api/communities/:id/roster/weeks/:monday", { params })).ok;
    return cadres.find(({ id }) => id === away.id)?.recent.minutes;
  };

  it("is no work, also in a week that is looked back on from two weeks later", async () => {
    const asking = { actor: toActor(boss), idempotency: null };
    await setCover(deps, asking, "west", []);
    await savePattern(deps, asking, "west", aPattern({ cadreIds: [away.id] }));
    await publishWeek(deps, asking, "west", third);
    expect(await recent("2026-03-30")).toBe(14 * evening);
    const { id } = (await asAway.call("POST /api/leaves", { body: { ...whole, kind: "annual" } })).ok;
    await leave(desk, id, "approve");
    expect(await recent("2026-03-30")).toBe(7 * evening);
  });

  it("stays taken when the rest of it is given up", async () => {
    clock.set("2026-03-22T12:00:00+08:00");
    const [{ id } = { id: "" }] = (await asAway.call("GET /api/leaves")).ok.items;
    const to = clock.now().toISOString();
    expect((await leave(asAway, id, "cancel")).ok).toMatchObject({ state: "approved", to, abilities: [] });
    // Only the evening of Sunday is worked.
    expect(await recent(third)).toBe(evening);
    await relay.drain();
    const { items } = (await desk.call("GET /api/log", { query: { type: "leave.cancelled" } })).ok;
    expect(items.at(-1)?.data).toMatchObject({ from: to, to: new Date(whole.to).toISOString() });
  });
});
