import { describe, expect, it } from "vitest";
import { DomainError } from "../../server/kernel/errors.ts";
import type { RosterWeek } from "../../server/core/domain/roster/roster.ts";
import { assertSpans } from "../../server/core/domain/roster/roster-plan.ts";
import {
  type Swap,
  type SwapState,
  type SwapStep,
  decideSwap,
  swapAbilities,
} from "../../server/core/domain/roster/roster-swap.ts";
import {
  type ShiftChange,
  type WeekContext,
  askSwap,
  assertPublishable,
  changeShifts,
  setBackups,
  shiftsAfterSwap,
} from "../../server/core/domain/roster/roster-week.ts";
import { anActor, noon } from "../support/domain.ts";
import { aContext, aShift, aWeek, monday } from "../support/roster.ts";

const codeOf = (run: () => unknown): string | null => {
  try {
    run();
    return null;
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
};
const at = (time: string): Date => new Date(`${time}:00+08:00`);
const wholeWeek = { from: 0, to: 10_080, cadreId: "c" };
const published = (over: Partial<RosterWeek> = {}): RosterWeek =>
  aWeek({ state: "published", shifts: [aShift("s1"), aShift("s2", { cadreId: "b", day: "2026-03-03" })], ...over });

describe("the spans of a shift", () => {
  it.each<[string, [number, number][], boolean]>([
    ["one", [[450, 570]], true],
    [
      "split",
      [
        [450, 570],
        [1050, 1260],
      ],
      true,
    ],
    ["over night", [[1320, 1800]], true],
    ["none", [], false],
    ["backwards", [[570, 450]], false],
    [
      "overlapping",
      [
        [450, 570],
        [560, 700],
      ],
      false,
    ],
    [
      "out of order",
      [
        [1050, 1260],
        [450, 570],
      ],
      false,
    ],
    ["too short", [[450, 460]], false],
    ["starting the next day", [[1440, 1500]], false],
    ["beyond the next day", [[1320, 2881]], false],
    ["half minutes", [[450.5, 570]], false],
  ])("%s", (_what, spans, good) => expect(codeOf(() => assertSpans(spans))).toBe(good ? null : "roster.spans_invalid"));
});

describe("a manual change", () => {
  const set = (to: Extract<ShiftChange, { do: "set" }>["to"], shiftId = "s1"): ShiftChange => ({
    do: "set",
    shiftId,
    to,
  });
  it.each<[string, ShiftChange[], string | null, Partial<WeekContext>?]>([
    ["another cadre", [set({ cadreId: "c" })], null],
    ["another day", [set({ day: "2026-03-05" })], null],
    ["a new shift", [{ do: "add", shift: aShift("n", { cadreId: "c" }) }], null],
    ["a removal", [{ do: "remove", shiftId: "s1" }], null],
    ["a shift that is gone", [set({ cadreId: "c" }, "gone")], "roster.shift_unknown"],
    ["a day of another week", [set({ day: "2026-03-09" })], "roster.day_outside"],
    ["a stranger", [set({ cadreId: "x" })], "cadre.unknown"],
    ["a yesterday", [set({ cadreId: "c" })], "roster.day_past", { now: at("2026-03-03T00:00") }],
    ["today", [set({ cadreId: "c" })], null, { now: at("2026-03-02T23:59") }],
    ["two at once for one cadre", [set({ day: monday, cadreId: "a" }, "s2")], "roster.clash"],
    [
      "an exchange, all at once",
      [set({ cadreId: "b", day: "2026-03-03" }), set({ cadreId: "a", day: monday }, "s2")],
      null,
    ],
    [
      "somebody on leave",
      [set({ cadreId: "c" })],
      "roster.on_leave",
      { absences: [{ cadreId: "c", from: at("2026-03-02T20:59"), to: at("2026-03-04T00:00") }] },
    ],
    [
      "somebody whose leave ends in time",
      [set({ cadreId: "c" })],
      null,
      { absences: [{ cadreId: "c", from: at("2026-03-01T00:00"), to: at("2026-03-02T17:30") }] },
    ],
    [
      "after a night that reaches into it",
      [set({ spans: [[300, 500]] })],
      "roster.clash",
      { before: [aShift("night", { day: "2026-03-01", spans: [[1320, 1800]] })] },
    ],
    [
      "a night that reaches into the next week's first shift",
      [set({ day: "2026-03-08", spans: [[1320, 1920]] })],
      "roster.clash",
      { next: aWeek({ monday: "2026-03-09", shifts: [aShift("early", { day: "2026-03-09", spans: [[360, 720]] })] }) },
    ],
  ])("%s", (_what, changes, code, over) => {
    const week = aWeek({ shifts: published().shifts });
    expect(codeOf(() => changeShifts(week, changes, aContext(over)))).toBe(code);
  });

  it("of a published week opens no gap without a backup", () => {
    const remove: ShiftChange[] = [{ do: "remove", shiftId: "s1" }];
    const covered = aContext({ plan: { ...aContext().plan, cover: [[1050, 1260]] } });
    const full = published({
      shifts: Array.from({ length: 7 }, (_, n) => aShift(`s${n + 1}`, { day: `2026-03-0${n + 2}` })),
    });
    expect(codeOf(() => changeShifts(full, remove, covered))).toBe("roster.gap_without_backup");
    expect(codeOf(() => changeShifts({ ...full, backups: [wholeWeek] }, remove, covered))).toBeNull();
    expect(codeOf(() => changeShifts({ ...full, state: "draft" }, remove, covered))).toBeNull();
    expect(codeOf(() => setBackups({ ...full, shifts: [], backups: [wholeWeek] }, [], covered))).toBe(
      "roster.gap_without_backup",
    );
  });

  it("of a Sunday night opens no gap in the next week when that is published, in a draft week too", () => {
    const night = aShift("night", { day: "2026-03-08", spans: [[1320, 1800]] });
    const shorter = [set({ spans: [[1320, 1440]] }, "night")];
    const next = aWeek({
      monday: "2026-03-09",
      state: "published",
      backups: [{ from: 360, to: 10_080, cadreId: "c" }],
    });
    const change = (after: WeekContext["next"], own = aWeek({ shifts: [night] })) =>
      codeOf(() => changeShifts(own, shorter, aContext({ next: after })));
    expect(change(next)).toBe("roster.gap_without_backup");
    expect(change(next, published({ shifts: [night], backups: [wholeWeek] }))).toBe("roster.gap_without_backup");
    expect(change({ ...next, state: "draft" })).toBeNull();
    expect(change({ ...next, backups: [wholeWeek] })).toBeNull();
  });

  it("ends the open swaps of the shift", () => {
    const swaps: Swap[] = [aSwap(), aSwap({ id: "other", shiftId: "s2", fromId: "b", toId: "a" })];
    const { swaps: after } = changeShifts(
      aWeek({ shifts: published().shifts, swaps }),
      [set({ cadreId: "c" })],
      aContext(),
    );
    expect(after.map(({ state }) => state)).toEqual(["withdrawn", "asked"]);
  });
});

describe("publishing", () => {
  it.each<[string, Partial<RosterWeek>, string | null]>([
    ["with hours that nobody works", {}, "roster.gap_without_backup"],
    ["with a backup for some of them", { backups: [{ ...wholeWeek, to: 9000 }] }, "roster.gap_without_backup"],
    ["with a backup for all of them", { backups: [wholeWeek] }, null],
    ["with one cadre twice at once", { backups: [wholeWeek], shifts: [aShift("1"), aShift("2")] }, "roster.clash"],
  ])("%s", (_what, over, code) => expect(codeOf(() => assertPublishable(aWeek({ ...over }), aContext()))).toBe(code));

  it("counts no backup who is on leave", () => {
    const absences = [{ cadreId: "c", from: at("2026-03-04T00:00"), to: at("2026-03-05T00:00") }];
    const week = aWeek({ backups: [wholeWeek] });
    expect(codeOf(() => assertPublishable(week, aContext({ absences })))).toBe("roster.gap_without_backup");
  });

  it("ignores past hours", () => {
    const week = aWeek({ backups: [{ ...wholeWeek, from: 4 * 1440 }] });
    expect(codeOf(() => assertPublishable(week, aContext({ now: at("2026-03-06T00:00") })))).toBeNull();
    expect(codeOf(() => assertPublishable(week, aContext({ now: at("2026-03-05T23:59") })))).not.toBeNull();
  });
});

const aSwap = (over: Partial<Swap> = {}): Swap => ({
  id: "w1",
  shiftId: "s1",
  fromId: "a",
  toId: "b",
  returnShiftId: "s2",
  note: null,
  state: "asked",
  askedAt: at("2026-03-01T12:00"),
  ...over,
});

describe("a swap", () => {
  it("exchanges the two shifts", () => {
    expect(shiftsAfterSwap(published(), aSwap(), aContext()).map(({ cadreId }) => cadreId)).toEqual(["b", "a"]);
  });

  it.each<[string, Partial<Swap>, Partial<WeekContext>, Partial<RosterWeek>, string]>([
    ["of somebody else's shift", { fromId: "c" }, {}, {}, "swap.not_yours"],
    ["for a shift that is not the colleague's", { toId: "c" }, {}, {}, "swap.not_yours"],
    ["with oneself", { toId: "a", returnShiftId: null }, {}, {}, "cadre.unknown"],
    ["with a stranger", { toId: "x", returnShiftId: null }, {}, {}, "cadre.unknown"],
    ["after the shift has begun", {}, { now: at("2026-03-02T17:30") }, {}, "swap.too_late"],
    ["in a draft", {}, {}, { state: "draft" }, "roster.shift_unknown"],
    ["of a shift with an open swap", {}, {}, { swaps: [aSwap({ id: "w0", state: "accepted" })] }, "swap.open"],
    [
      "with somebody who works then",
      { returnShiftId: null },
      {},
      { shifts: [aShift("s1"), aShift("s2", { cadreId: "b" })] },
      "roster.clash",
    ],
    [
      "with somebody who works when the night ends, in the week after",
      { returnShiftId: null },
      {
        next: aWeek({
          monday: "2026-03-09",
          shifts: [aShift("early", { day: "2026-03-09", spans: [[0, 480]], cadreId: "b" })],
        }),
      },
      { shifts: [aShift("s1", { day: "2026-03-08", spans: [[1320, 1800]] })] },
      "roster.clash",
    ],
    [
      "with somebody on leave",
      {},
      { absences: [{ cadreId: "b", from: at("2026-03-02T00:00"), to: at("2026-03-03T00:00") }] },
      {},
      "roster.on_leave",
    ],
  ])("is not asked %s", (_what, swap, context, week, code) =>
    expect(codeOf(() => askSwap(published(week), aSwap(swap), aContext(context)))).toBe(code),
  );

  const people = {
    asker: anActor("cadre", "a"),
    asked: anActor("cadre", "b"),
    third: anActor("cadre", "c"),
    committee: anActor("committee", "k"),
    stranger: anActor("committee", "k2", { communityIds: ["c2"] }),
  };
  const allowed: Record<SwapStep, { who: keyof typeof people; from: SwapState[] }> = {
    accept: { who: "asked", from: ["asked"] },
    decline: { who: "asked", from: ["asked"] },
    withdraw: { who: "asker", from: ["asked", "accepted"] },
    approve: { who: "committee", from: ["accepted"] },
    refuse: { who: "committee", from: ["asked", "accepted"] },
  };
  const states: SwapState[] = ["asked", "accepted", "approved", "declined", "refused", "withdrawn"];
  it.each(Object.keys(allowed) as SwapStep[])("%s is allowed for the right person in the right state only", (step) => {
    for (const [name, actor] of Object.entries(people)) {
      for (const state of states) {
        const mine = name === allowed[step].who;
        const expected = !mine ? "auth.forbidden" : allowed[step].from.includes(state) ? null : "swap.state_conflict";
        expect(
          codeOf(() => decideSwap(aSwap({ state }), "c1", step, actor, noon)),
          `${name} ${state}`,
        ).toBe(expected);
        expect(swapAbilities(aSwap({ state }), "c1", actor, noon).includes(step)).toBe(expected === null);
      }
    }
  });
});
