import type { ScheduledEscalation } from "../../server/core/domain/requests/clocks.ts";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayOf, minuteOf, weekdayOf } from "../../server/core/domain/community/calendar.ts";
import {
  clocksFrom,
  extendedClocks,
  nextEscalation,
  postponed,
  resumedClocks,
  escalationsAfter,
} from "../../server/core/domain/requests/sla.ts";
import {
  type Counting,
  type OfficeHours,
  addCountedTime,
  countedTimeBetween,
} from "../../server/core/domain/community/working-time.ts";
import { aService, minutesLater, nineToFive, noon } from "../support/domain.ts";

const MINUTE = 60_000;
const shanghai = (text: string): Date => new Date(`${text}+08:00`);

/** Open at the given spans, on every second day or every day. */
const offices = fc
  .record({
    spans: fc
      .uniqueArray(
        fc.integer({ min: 0, max: 12 }).map((n) => n * 120),
        { minLength: 2, maxLength: 6 },
      )
      .map((edges) => edges.toSorted((a, b) => a - b))
      .map((edges) => Array.from({ length: edges.length >> 1 }, (_, n) => [edges[2 * n]!, edges[2 * n + 1]!] as const)),
    closed: fc.constantFrom("", "02", "5"),
  })
  .map(
    ({ spans, closed }): OfficeHours =>
      (day) =>
        closed && day.endsWith(closed) ? [] : spans,
  );
const countings = fc.oneof(offices, fc.constant(null));
const starts = fc.integer({ min: 0, max: 20_000 }).map((minutes) => minutesLater(minutes));
const lengths = fc.integer({ min: 0, max: 900 });

/** Whether the minute that begins at `at` counts. */
const counts = (at: Date, counting: Counting): boolean =>
  counting === null || counting(dayOf(at)).some(([from, to]) => from <= minuteOf(at) && minuteOf(at) < to);

/** The slow obvious way: one minute at a time. */
function walk(start: Date, minutes: number, counting: Counting): Date {
  let at = start;
  for (let left = minutes; left > 0; at = minutesLater(1, at)) if (counts(at, counting)) left--;
  return at;
}

describe("counted time", () => {
  it("equals a count minute by minute", () => {
    fc.assert(
      fc.property(starts, lengths, countings, (start, minutes, counting) => {
        const end = addCountedTime(start, minutes * MINUTE, counting);
        expect(end).toEqual(walk(start, minutes, counting));
        expect(countedTimeBetween(start, end, counting)).toBe(minutes * MINUTE);
      }),
      { numRuns: 100 },
    );
  });

  it("is additive: one hour and two hours are three hours, from any start", () => {
    fc.assert(
      fc.property(starts, lengths, lengths, countings, (start, a, b, counting) => {
        const middle = addCountedTime(start, a * MINUTE, counting);
        const end = addCountedTime(middle, b * MINUTE, counting);
        expect(addCountedTime(start, (a + b) * MINUTE, counting)).toEqual(end);
        expect(countedTimeBetween(start, end, counting)).toBe((a + b) * MINUTE);
      }),
    );
  });

  it.each([
    ["in the evening counts from the next morning", "2026-03-02T20:40:00", 30, "2026-03-03T09:30:00"],
    ["goes over the night", "2026-03-02T16:30:00", 60, "2026-03-03T09:30:00"],
    ["ends at closing time, not at opening time", "2026-03-02T16:30:00", 30, "2026-03-02T17:00:00"],
  ])("%s", (_what, start, minutes, end) => {
    expect(addCountedTime(shanghai(start), minutes * MINUTE, nineToFive)).toEqual(shanghai(end));
  });

  it("of an office that never opens finally runs around the clock", () => {
    expect(addCountedTime(noon, MINUTE, () => [])).toEqual(minutesLater(1));
  });
});

describe("the clocks of a request", () => {
  const service = aService({ respondMinutes: 30, resolveMinutes: 240 });
  const always = clocksFrom(noon, service, nineToFive);

  it("count from submission; rework has half of the time", () => {
    expect(always).toMatchObject({ respondBy: minutesLater(30), resolveBy: minutesLater(240) });
    expect(clocksFrom(noon, service, nineToFive, true)).toMatchObject({
      respondBy: minutesLater(15),
      resolveBy: minutesLater(120),
    });
  });

  it("run in office hours for a service with that clock", () => {
    const evening = shanghai("2026-03-02T20:40:00");
    expect(clocksFrom(evening, { ...service, clock: "working" }, nineToFive)).toMatchObject({
      respondBy: shanghai("2026-03-03T09:30:00"),
      resolveBy: shanghai("2026-03-03T13:00:00"),
    });
  });

  it("have escalations at 50, 80, 100 and 150 % of the response and of the resolution, in order of time", () => {
    const said = always.escalations.map(
      ({ clock, stage, at }) => `${clock} ${stage} ${(at.getTime() - noon.getTime()) / MINUTE}`,
    );
    expect(said).toEqual([
      "respond half 15",
      "respond most 24",
      "respond overdue 30",
      "respond supervised 45",
      "resolve half 120",
      "resolve most 192",
      "resolve overdue 240",
      "resolve supervised 360",
    ]);
  });

  it("have no response escalations after the first contact", () => {
    expect(nextEscalation(always.escalations, false)).toMatchObject({ clock: "respond", stage: "half" });
    expect(nextEscalation(always.escalations, true)).toMatchObject({ clock: "resolve", stage: "half" });
    expect(escalationsAfter(always.escalations, nextEscalation(always.escalations, true)!)).toHaveLength(3);
  });

  it("stand still while they are paused; a missed deadline stays missed", () => {
    const after = resumedClocks(always, minutesLater(35), minutesLater(95), null);
    expect(after).toMatchObject({ respondBy: minutesLater(30), resolveBy: minutesLater(300) });
    expect(after.escalations.map(({ at }) => (at.getTime() - noon.getTime()) / MINUTE)).toEqual([
      15, 24, 30, 105, 180, 252, 300, 420,
    ]);
  });

  it("never move a deadline to an earlier time, even one in hours that do not count", () => {
    const sunday = { ...always, resolveBy: shanghai("2026-03-08T20:00:00") };
    const [since, now] = [shanghai("2026-03-08T18:00:00"), shanghai("2026-03-08T19:00:00")];
    expect(resumedClocks(sunday, since, now, nineToFive).resolveBy).toEqual(sunday.resolveBy);
  });

  it("do not go back when a machine's clock does", () => {
    const after = resumedClocks(always, minutesLater(5), minutesLater(4), null);
    expect(after.resolveBy.getTime()).toBeGreaterThanOrEqual(minutesLater(239).getTime());
  });

  it("after an extension are due at the approved time, with new escalations", () => {
    const after = extendedClocks(always, minutesLater(1240), minutesLater(240), null);
    expect(after).toMatchObject({ respondBy: minutesLater(30), resolveBy: minutesLater(1240) });
    const ahead = after.escalations.filter(({ clock }) => clock === "resolve");
    expect(ahead.map(({ stage, at }) => `${stage} ${(at.getTime() - noon.getTime()) / MINUTE}`)).toEqual([
      "half 740", "most 1040", "overdue 1240", "supervised 1740",
    ]); // prettier-ignore
  });
});

describe("an extension", () => {
  it("into closed hours has escalations in them, up to the subdistrict on Monday", () => {
    const office: OfficeHours = (day) => (weekdayOf(day) <= 5 ? [[540, 1020]] : []);
    const clocks = { respondBy: noon, resolveBy: noon, escalations: [] };
    const { escalations } = extendedClocks(
      clocks,
      shanghai("2026-03-08T18:00:00"),
      shanghai("2026-03-07T10:00:00"),
      office,
    );
    expect(escalations.map(({ stage, at }) => [stage, at])).toEqual([
      ["half", shanghai("2026-03-08T02:00:00")],
      ["most", shanghai("2026-03-08T11:36:00")],
      ["overdue", shanghai("2026-03-08T18:00:00")],
      ["supervised", shanghai("2026-03-09T10:00:00")],
    ]);
  });

  it("has all escalations ahead, overdue at its end and supervision after it", () => {
    fc.assert(
      fc.property(starts, fc.integer({ min: 1, max: 10_000 }), countings, (now, minutes, counting) => {
        const until = minutesLater(minutes, now);
        const { escalations } = extendedClocks(
          { respondBy: now, resolveBy: now, escalations: [] },
          until,
          now,
          counting,
        );
        expect(escalations.map(({ stage }) => stage)).toEqual(["half", "most", "overdue", "supervised"]);
        expect(escalations.every(({ at }) => at > now)).toBe(true);
        expect(escalations.at(-1)!.at > until).toBe(true);
      }),
    );
  });
});

describe("what a paused clock postpones", () => {
  it("stays in order and never moves to an earlier time, so a time request does not shrink", () => {
    const ahead = fc.integer({ min: -100, max: 10_000 });
    fc.assert(
      fc.property(starts, ahead, ahead, lengths, countings, (since, a, b, wait, counting) => {
        const due = [a, b].toSorted((x, y) => x - y).map((minutes) => minutesLater(minutes, since));
        const after = due.map((at) => postponed(at, since, minutesLater(wait, since), counting).getTime());
        expect(after[0]).toBeLessThanOrEqual(after[1]!);
        due.forEach((at, n) => expect(after[n]).toBeGreaterThanOrEqual(at.getTime()));
      }),
    );
  });
});

describe("a request whose clock is paused again and again", () => {
  const pauses = fc.array(fc.tuple(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 400 })), {
    maxLength: 4,
  });

  it("is due after the same counted minutes as in a count minute by minute", () => {
    fc.assert(
      fc.property(starts, lengths, pauses, countings, (start, minutes, stops, counting) => {
        const service = aService({
          respondMinutes: 1,
          resolveMinutes: minutes,
          clock: counting ? "working" : "always",
        });
        let clocks = clocksFrom(start, service, counting ?? nineToFive);
        const still: (readonly [Date, Date])[] = [];
        let at = start;
        for (const [run, wait] of stops) {
          const since = minutesLater(run, at);
          at = minutesLater(wait, since);
          still.push([since, at]);
          clocks = resumedClocks(clocks, since, at, counting);
        }
        // The model: a minute counts when the office is open and the clock does not stand still.
        let left = minutes;
        let model = start;
        for (; left > 0; model = minutesLater(1, model)) {
          const stands = still.some(([from, to]) => from <= model && model < to);
          if (!stands && counts(model, counting)) left--;
        }
        expect(clocks.resolveBy).toEqual(model);
        const sortByTime = clocks.escalations.map(({ at: due }: ScheduledEscalation) => due.getTime());
        expect(sortByTime).toEqual(sortByTime.toSorted((a, b) => a - b));
      }),
      { numRuns: 100 },
    );
  });
});
