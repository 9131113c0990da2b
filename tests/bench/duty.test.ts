import { beforeAll, describe, expect, it } from "vitest";
import { type Arrival, type Counter, simulate } from "../../bench/duty/counter.ts";
import {
  type Expected,
  type Load,
  type Measured,
  agree,
  erlangB,
  erlangC,
  exponential,
  measure,
} from "../../bench/duty/erlang.ts";
import { arrivals, simulateMonth } from "../../bench/duty/month.ts";
import { calendar } from "../../bench/duty/rosters.ts";
import { dayOf, minuteOf, openSpans, defaultHours } from "../../server/core/domain/community/calendar.ts";

const MINUTE = 60_000;

describe("Erlang's C formula", () => {
  it("equals the share with one cadre, and the hand-computed value with two", () => {
    expect(erlangC({ cadres: 1, share: 0.6 }).waiting).toBeCloseTo(0.6, 12);
    expect(erlangC({ cadres: 1, share: 0.6 }).wait).toBeCloseTo(0.6 / 0.4, 12);
    expect(erlangC({ cadres: 2, share: 0.5 }).waiting).toBeCloseTo((2 * 0.25) / 1.5, 12);
  });

  it("equals the textbook's sum", () => {
    const [c, a] = [7, 7 * 0.85];
    const term = (n: number): number => (n === 0 ? 1 : (term(n - 1) * a) / n);
    const others = Array.from({ length: c }, (_, n) => term(n)).reduce((sum, each) => sum + each, 0);
    const last = term(c) / (1 - 0.85);
    expect(erlangC({ cadres: c, share: 0.85 }).waiting).toBeCloseTo(last / (others + last), 12);
  });
});

describe("the event loop against the formula", () => {
  const sample = { batch: 1_000, seed: 7 };
  const load: Load = { cadres: 3, share: 0.7 };
  let measured: Measured;

  beforeAll(() => {
    measured = measure(load, sample);
  });

  it("agrees", () => {
    expect(agree(measured, erlangC(load))).toBe(true);
    const alone: Load = { cadres: 1, share: 0.6 };
    expect(agree(measure(alone, sample), erlangC(alone))).toBe(true);
  });

  it.each<[string, Expected]>([
    ["B in place of C", { ...erlangC(load), waiting: erlangB(load) }],
    ["one cadre more", erlangC({ cadres: 4, share: (3 * 0.7) / 4 })],
    ["the wait of those who wait", { ...erlangC(load), wait: erlangC(load).wait / erlangC(load).waiting }],
    ["a wait that is a fifth off", { ...erlangC(load), wait: erlangC(load).wait * 1.2 }],
  ])("does not agree with a wrong formula: %s", (_name, wrong) => {
    expect(agree(measured, wrong)).toBe(false);
  });

  it.each<[string, Partial<Parameters<typeof measure>[1]>]>([
    ["one cadre is missing", { absent: 1 }],
    ["whoever is free looks a minute too late", { notice: () => MINUTE }],
    ["all take the same time", { handling: () => 20 * MINUTE }],
    ["handling is a tenth longer", { handling: (random) => exponential(random, 22 * MINUTE) }],
  ])("does not agree when the simulation is broken: %s", (_name, twist) => {
    expect(agree(measure(load, { ...sample, ...twist }), erlangC(load))).toBe(false);
  });

  it("does not agree when the interval is too wide", () => {
    const { waiting, wait } = measured;
    expect(agree({ waiting, wait: { mean: wait.mean, half: wait.mean / 2 } }, erlangC(load))).toBe(false);
  });
});

const service = (urgency: "normal" | "urgent", respondMinutes = 30) => ({
  urgency,
  respondMinutes,
  positions: ["any"],
});
const ask = (name: string, minute: number, over: Partial<Arrival> = {}): Arrival => ({
  at: minute * MINUTE,
  residentId: name,
  service: service("normal"),
  handling: 20 * MINUTE,
  ...over,
});
const on = (id: string, ...turns: [from: number, to: number][]) => ({
  id,
  positions: ["any"],
  turns: turns.map(([from, to]) => ({ from: from * MINUTE, to: to * MINUTE })),
});
/** Who took which request when, in minutes. */
const story = (counter: Pick<Counter, "arrivals" | "workers"> & Partial<Counter>): string[] =>
  simulate({ notice: () => 0, backupAt: () => null, ...counter }).map(
    ({ arrival, takenAt, takenBy }) =>
      `${arrival.residentId} ${takenAt === null ? "never" : `${takenBy} ${takenAt / MINUTE}`}`,
  );

describe("the counter", () => {
  it.each<[string, Parameters<typeof story>[0], string[]]>([
    ["takes what comes in at once", { arrivals: [ask("x", 5)], workers: [on("a", [0, 60])] }, ["x a 5"]],
    [
      "makes a request wait for the next cadre who comes on duty",
      { arrivals: [ask("x", 70)], workers: [on("a", [0, 60], [600, 660])] },
      ["x a 600"],
    ],
    [
      "serves in queue order: urgent or sooner due requests first",
      {
        arrivals: [
          ask("x", 1),
          ask("y", 2),
          ask("z", 9, { service: service("urgent") }),
          ask("s", 10, { service: service("normal", 15) }),
        ],
        workers: [on("a", [0, 600])],
      },
      ["x a 1", "y a 61", "z a 21", "s a 41"],
    ],
    [
      "finishes a request after the shift, and begins no new one",
      { arrivals: [ask("x", 50), ask("y", 51)], workers: [on("a", [0, 60], [100, 160])] },
      ["x a 50", "y a 100"],
    ],
    [
      "makes offers to free cadres, and the third request waits for the first who becomes free",
      { arrivals: [ask("x", 1), ask("y", 2), ask("z", 3)], workers: [on("a", [0, 60]), on("b", [0, 60])] },
      ["x a 1", "y b 2", "z a 21"],
    ],
    [
      "offers only urgent requests to the backup",
      {
        arrivals: [ask("x", 5), ask("u", 6, { service: service("urgent") })],
        workers: [on("a", [600, 660]), on("b")],
        backupAt: () => "b",
      },
      ["x a 600", "u b 6"],
    ],
    [
      "offers an urgent request to the backup when the cadre on duty does not take it in its two minutes",
      {
        arrivals: [ask("x", 1), ask("u", 5, { service: service("urgent") })],
        workers: [on("a", [0, 60]), on("b")],
        backupAt: () => "b",
      },
      ["x a 1", "u b 7"],
    ],
    [
      "repeats the offer to a backup who did not look in time, and who then takes it",
      {
        arrivals: [ask("u", 6, { service: service("urgent") })],
        workers: [on("a", [600, 660]), on("b")],
        backupAt: () => "b",
        notice: () => 3 * MINUTE,
      },
      ["u b 9"],
    ],
    [
      "leaves a request until the next shift when the backup never looks in time",
      {
        arrivals: [ask("u", 6, { service: service("urgent") })],
        workers: [on("a", [600, 660]), on("b")],
        backupAt: () => "b",
        notice: () => 700 * MINUTE,
      },
      ["u a 600"],
    ],
    ["never ends what nobody comes for", { arrivals: [ask("x", 70)], workers: [on("a", [0, 60])] }, ["x never"]],
  ])("%s", (_what, counter, told) => {
    expect(story(counter)).toEqual(told);
  });
});

describe("the month", () => {
  it("is the same for the same seed, and different for another", () => {
    expect(simulateMonth("staggered", 1)).toEqual(simulateMonth("staggered", 1));
    expect(simulateMonth("staggered", 1)).not.toEqual(simulateMonth("staggered", 2));
  });

  it("needs about the same hours for both rosters, and every request is answered", () => {
    const [staggered, office] = [simulateMonth("staggered", 3), simulateMonth("office", 3)];
    const hours = ({ loads }: typeof office): number => loads.reduce((sum, { minutes }) => sum + minutes, 0) / 60;
    // Staggered shifts are also worked on the holiday and in the last two days, so they have slightly more hours.
    expect(hours(office) / hours(staggered)).toBeGreaterThan(0.95);
    expect(hours(office)).toBeLessThanOrEqual(hours(staggered));
    for (const { all, byHour } of [staggered, office]) {
      expect(all.requests).toBe(arrivals(3).length);
      expect(byHour.reduce((sum, { requests }) => sum + requests, 0)).toBe(all.requests);
      expect(all.p95).toBeLessThan(Infinity);
    }
    expect(staggered.byHour[20]!.median).toBeLessThan(office.byHour[20]!.median / 10);
  });

  it("counts requests filed outside office hours as waiting for somebody", () => {
    const all = arrivals(4);
    const shut = all.filter(({ at }) => {
      const [day, minute] = [dayOf(new Date(at)), minuteOf(new Date(at))];
      return !openSpans(calendar, defaultHours, day).some(([from, to]) => from <= minute && minute < to);
    });
    expect(simulateMonth("office", 4).waitedForSomebody).toBeCloseTo(shut.length / all.length, 12);
  });
});
