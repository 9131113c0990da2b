import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Calendar, type Day, addDays, instantOf } from "../../server/core/domain/community/calendar.ts";
import { type Backup, type Shift, expandPatterns } from "../../server/core/domain/roster/roster.ts";
import { coverage } from "../../server/core/domain/roster/roster-coverage.ts";
import { fairness } from "../../server/core/domain/roster/roster-fairness.ts";
import { type Absence, presence, presentBackups } from "../../server/core/domain/roster/roster-presence.ts";
import { type Pattern, newPlan } from "../../server/core/domain/roster/roster-plan.ts";
import { gapsOpenedBy } from "../../server/core/domain/roster/roster-week.ts";
import { aContext, monday } from "../support/roster.ts";

/**
 * Expansion, coverage and fairness beside a model that is slow and obvious: it goes through the week one minute at a
 * time and asks of each cadre whether one is there.
 */
const WEEK = 7 * 1440;
const cadres = ["a", "b", "c"];
const posts = new Map([
  ["a", ["民政"]],
  ["b", ["养老", "民政"]],
  ["c", []],
]);

const dayIndex = fc.integer({ min: -7, max: 8 });
const calendars: fc.Arbitrary<Calendar> = fc
  .dictionary(
    dayIndex.map((n) => addDays(monday, n)),
    fc.constantFrom({ kind: "holiday", name: "节" } as const, { kind: "workday", name: "班" } as const),
    { maxKeys: 5 },
  )
  .map((days) => ({ years: [2026], days }));

/** Up to three spans, in order and apart, the first on the day itself. */
const spans = fc
  .tuple(fc.integer({ min: 0, max: 1439 }), fc.array(fc.integer({ min: 15, max: 300 }), { minLength: 1, maxLength: 5 }))
  .map(([start, lengths]) => {
    const result: [number, number][] = [];
    let at = start;
    lengths.forEach((length, n) => {
      if (n % 2 === 0 && at + length <= 2880) result.push([at, at + length]);
      at += length;
    });
    return result;
  });

const someCadres = fc.shuffledSubarray(cadres, { minLength: 1 });
const patterns: fc.Arbitrary<Pattern[]> = fc
  .array(
    fc.record({
      name: fc.constant("班"),
      position: fc.constantFrom(null, "房修"),
      spans,
      weekdays: fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }),
      holidays: fc.constantFrom("same", "off", "only"),
      makeUp: fc.boolean(),
      turn: fc.constantFrom("all", "daily", "weekly"),
      cadreIds: someCadres,
      from: fc.integer({ min: -40, max: 5 }).map((n) => addDays(monday, n)),
      until: fc.option(
        fc.integer({ min: -3, max: 10 }).map((n) => addDays(monday, n)),
        { nil: null },
      ),
    }),
    { maxLength: 4 },
  )
  .map((list) => list.map((pattern, n) => ({ ...pattern, id: `p${n}` })));

const shiftLists: fc.Arbitrary<Shift[]> = fc
  .array(
    fc.record({
      day: fc.integer({ min: -1, max: 6 }).map((n) => addDays(monday, n)),
      spans,
      position: fc.constantFrom(null, "房修"),
      cadreId: fc.constantFrom(...cadres),
    }),
    { maxLength: 9 },
  )
  .map((list) => list.map((shift, n) => ({ ...shift, id: `s${n}`, patternId: null, name: "班" })));

/** Away for some time, to the second. */
const absences: fc.Arbitrary<Absence[]> = fc.array(
  fc
    .tuple(
      fc.constantFrom(...cadres),
      fc.integer({ min: -86_400, max: WEEK * 60 }),
      fc.integer({ min: 1, max: 200_000 }),
    )
    .map(([cadreId, start, seconds]) => {
      const from = new Date(instantOf(monday, 0).getTime() + start * 1000);
      return { cadreId, from, to: new Date(from.getTime() + seconds * 1000) };
    }),
  { maxLength: 3 },
);

const backupLists: fc.Arbitrary<Backup[]> = fc
  .array(
    fc.tuple(fc.integer({ min: 0, max: WEEK - 1 }), fc.integer({ min: 1, max: 4000 }), fc.constantFrom(...cadres)),
    {
      maxLength: 3,
    },
  )
  .map((list) => list.map(([from, length, cadreId]) => ({ from, to: Math.min(WEEK, from + length), cadreId })));

const cover = fc.constantFrom<[number, number][]>(
  [[0, 1440]],
  [[450, 1260]],
  [
    [0, 60],
    [480, 720],
    [1000, 1440],
  ],
  [],
);

const midnight = Date.parse(`${monday}T00:00:00+08:00`);

/** Whether a cadre is at work at a minute counted from the Monday. */
function isThere(cadreId: string, minute: number, shifts: readonly Shift[], away: readonly Absence[]): boolean {
  return shifts.some((shift) => shift.cadreId === cadreId && isAt(shift, minute)) && !isAway(cadreId, minute, away);
}
/** Days of the week and around it, in minutes from the Monday. */
const midnights = new Map(Array.from({ length: 12 }, (_, n) => [addDays(monday, n - 2), (n - 2) * 1440]));
function isAt(shift: Shift, minute: number): boolean {
  const start = midnights.get(shift.day)!;
  return shift.spans.some(([from, to]) => start + from <= minute && minute < start + to);
}
function isAway(cadreId: string, minute: number, away: readonly Absence[]): boolean {
  const start = midnight + minute * 60_000;
  return away.some((a) => a.cadreId === cadreId && a.from.getTime() < start + 60_000 && a.to.getTime() > start);
}
const minutesOf = (list: readonly { from: number; to: number }[]): number[] =>
  list.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, n) => from + n));
const week = Array.from({ length: WEEK }, (_, minute) => minute);

describe("expansion", () => {
  /** Walks the calendar day by day from the pattern's first week, passing the turn on. */
  function modelDay(pattern: Pattern, calendar: Calendar, day: Day): string[] {
    const jsDay = new Date(`${day}T12:00:00Z`).getUTCDay();
    const kind = calendar.days[day]?.kind ?? "plain";
    if (day < pattern.from || day > (pattern.until ?? "9999")) return [];
    const onWeekday = pattern.weekdays.includes(jsDay === 0 ? 7 : jsDay);
    const works = {
      plain: pattern.holidays !== "only" && onWeekday,
      workday: pattern.holidays !== "only" && (onWeekday || pattern.makeUp),
      holiday: pattern.holidays === "only" || (pattern.holidays === "same" && onWeekday),
    }[kind];
    if (!works) return [];
    if (pattern.turn === "all") return [...pattern.cadreIds];
    let walk = pattern.from;
    while (new Date(`${walk}T12:00:00Z`).getUTCDay() !== 1) walk = addDays(walk, -1);
    let turn = 0;
    for (; walk < day; walk = addDays(walk, 1)) {
      const weekday = new Date(`${walk}T12:00:00Z`).getUTCDay() || 7;
      if (pattern.turn === "daily" ? pattern.weekdays.includes(weekday) : weekday === 7) turn++;
    }
    return [pattern.cadreIds[turn % pattern.cadreIds.length]!];
  }

  it("gives each day the cadres of its patterns", () => {
    fc.assert(
      fc.property(patterns, calendars, (given, calendar) => {
        const shifts = expandPatterns(given, calendar, monday);
        for (let n = 0; n < 7; n++) {
          const day = addDays(monday, n);
          for (const pattern of given) {
            const there = shifts.filter((shift) => shift.day === day && shift.patternId === pattern.id);
            expect(there.map(({ cadreId }) => cadreId)).toEqual(modelDay(pattern, calendar, day));
            for (const shift of there) expect(shift.spans).toEqual(pattern.spans);
          }
        }
        expect(new Set(shifts.map(({ id }) => id)).size).toBe(shifts.length);
      }),
      { numRuns: 300 },
    );
  });
});

describe("coverage", () => {
  it("equals the model's in each minute", () => {
    fc.assert(
      fc.property(shiftLists, absences, backupLists, cover, (shifts, away, backups, hours) => {
        const positions = ["民政", "养老", "房修", "党建"];
        const seen = coverage({
          stints: presence(monday, shifts, away),
          cover: hours,
          backups: presentBackups(monday, backups, away),
          positions,
          posts,
        });
        const there = week.map((minute) => cadres.filter((id) => isThere(id, minute, shifts, away)));
        const posted = shifts.filter(({ position }) => position !== null);
        const wanted = week.filter((minute) => hours.some(([from, to]) => from <= minute % 1440 && minute % 1440 < to));
        const open = wanted.filter((minute) => there[minute]!.length === 0);
        expect(minutesOf(seen.gaps)).toEqual(open);
        const wronglyNamed = seen.gaps.filter(({ from, to, backupId }) =>
          minutesOf([{ from, to }]).some((minute) => {
            const named = backups.filter((b) => b.from <= minute && minute < b.to && !isAway(b.cadreId, minute, away));
            return backupId === null ? named.length > 0 : !named.some(({ cadreId }) => cadreId === backupId);
          }),
        );
        expect(wronglyNamed).toEqual([]);
        expect(minutesOf(seen.alone.map(([from, to]) => ({ from, to })))).toEqual(
          wanted.filter((minute) => there[minute]!.length === 1),
        );
        expect([seen.coverMinutes, seen.coveredMinutes]).toEqual([wanted.length, wanted.length - open.length]);
        for (const { position, minutes, cadreIds } of seen.positions) {
          const covering = week.map((minute) =>
            there[minute]!.filter(
              (id) =>
                posts.get(id)!.includes(position) ||
                posted.some((s) => s.cadreId === id && s.position === position && isAt(s, minute)),
            ),
          );
          expect(minutes).toBe(covering.filter((ids) => ids.length > 0).length);
          expect([...cadreIds].toSorted()).toEqual([...new Set(covering.flat())].toSorted());
        }
      }),
      { numRuns: 25 },
    );
  });
});

describe("gaps opened by one more absence", () => {
  it("are, minute by minute, the future minutes that get worse", () => {
    fc.assert(
      fc.property(
        ...[shiftLists, absences, backupLists, cover, fc.integer({ min: -1000, max: WEEK })],
        fc.constantFrom(...cadres),
        fc.tuple(fc.integer({ min: -1000, max: WEEK }), fc.integer({ min: 1, max: 6000 })),
        (shifts, away, backups, hours, now, cadreId, [start, length]) => {
          const at = (minute: number): Date => new Date(midnight + minute * 60_000);
          const absence = { cadreId, from: at(start), to: at(start + length) };
          const plan = { ...newPlan("plan", "east"), cover: hours };
          const context = aContext({ now: at(now), plan, absences: away, before: [] });
          const opened = gapsOpenedBy({ monday, shifts, backups }, absence, context);
          const isWanted = (minute: number): boolean => hours.some(([a, b]) => a <= minute % 1440 && minute % 1440 < b);
          /** 0: somebody works, 1: somebody is on call, 2: neither. */
          const badness = (minute: number, who: readonly Absence[]): number => {
            if (cadres.some((id) => isThere(id, minute, shifts, who))) return 0;
            const named = backups.some((b) => b.from <= minute && minute < b.to && !isAway(b.cadreId, minute, who));
            return named ? 1 : 2;
          };
          const worse = week.filter(
            (m) => m >= now && isWanted(m) && badness(m, [...away, absence]) > badness(m, away),
          );
          expect(minutesOf(opened)).toEqual(worse);
          const bare = opened.filter(({ backupId }) => backupId === null);
          expect(minutesOf(bare)).toEqual(worse.filter((minute) => badness(minute, [...away, absence]) === 2));
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe("fairness", () => {
  it("counts as the model does", () => {
    fc.assert(
      fc.property(shiftLists, absences, calendars, (all, away, calendar) => {
        const shifts = all.filter(({ day }) => day >= monday);
        const loads = fairness(monday, presence(monday, shifts, away), calendar, cadres);
        for (const load of loads) {
          const worked = Array.from({ length: 8 * 1440 }, (_, minute) => minute).filter((minute) =>
            isThere(load.cadreId, minute, shifts, away),
          );
          const days = new Set(worked.map((minute) => addDays(monday, Math.floor(minute / 1440))));
          const kind = (day: Day) => calendar.days[day]?.kind;
          const isWeekend = (day: Day) => [0, 6].includes(new Date(`${day}T12:00:00Z`).getUTCDay());
          const hour = (minute: number) => Math.floor((minute % 1440) / 60);
          const evenings = worked.filter((m) => hour(m) >= 18 && hour(m) < 22).map((m) => Math.floor(m / 1440));
          // A night belongs to the day on which it begins.
          const nights = worked.filter((m) => hour(m) >= 22 || hour(m) < 6).map((m) => Math.floor((m - 720) / 1440));
          expect(load).toEqual({
            cadreId: load.cadreId,
            minutes: worked.length,
            evenings: new Set(evenings).size,
            nights: new Set(nights).size,
            weekends: [...days].filter((day) => isWeekend(day) && !kind(day)).length,
            holidays: [...days].filter((day) => kind(day) === "holiday").length,
          });
        }
      }),
      { numRuns: 40 },
    );
  });
});
