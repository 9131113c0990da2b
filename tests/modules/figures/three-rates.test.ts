import { describe, expect, it } from "vitest";
import { rollUp } from "../../../server/modules/figures/domain/rollup.ts";
import { type LoggedStep, handlingCyclesOf } from "../../../server/modules/figures/domain/handling-cycles.ts";
import { countCycle, emptyTally, percentile, threeRates } from "../../../server/modules/figures/domain/three-rates.ts";
import { minutesLater, noon } from "../../support/domain.ts";

/** The logged steps of a request: minutes after noon, and type. */
function steps(...told: [minute: number, type: string, over?: Partial<LoggedStep>][]): LoggedStep[] {
  return told.map(([minute, type, over], index) => ({
    version: index + 1,
    type: `request.${type}`,
    at: minutesLater(minute),
    communityId: "c1",
    serviceCode: "parcel",
    requestNo: "0000-0001-1",
    handlerId: type === "submitted" ? null : "wang",
    ...over,
    data: {
      building: "3号楼",
      respondBy: minutesLater(60).toISOString(),
      resolveBy: minutesLater(600).toISOString(),
      ...over?.data,
    },
  }));
}

const rated = (outcome: string, ...[response = 5, attitude = 5, result = 5]: number[]) => ({
  data: { outcome, scores: { response, attitude, result } },
});

const countsOf = (told: LoggedStep[]): string[][] => handlingCyclesOf("r1", told).cycles.map(({ counts }) => counts);

describe("handling cycles", () => {
  it.each<[string, LoggedStep[], string[][]]>([
    ["filed", steps([0, "submitted"]), [["opened"]]],
    ["claimed only: no response yet", steps([0, "submitted"], [5, "claimed"]), [["opened"]]],
    [
      "contacted exactly at the deadline",
      steps([0, "submitted"], [60, "contacted"]),
      [["opened", "responded", "respondedInTime"]],
    ],
    ["contacted a minute late", steps([0, "submitted"], [61, "contacted"]), [["opened", "responded"]]],
    [
      "resolved at once, which is also the response",
      steps([0, "submitted"], [10, "resolved"]),
      [["opened", "responded", "respondedInTime", "resolved", "resolvedInTime"]],
    ],
    [
      "resolved late",
      steps([0, "submitted"], [10, "contacted"], [601, "resolved"]),
      [["opened", "responded", "respondedInTime", "resolved"]],
    ],
    [
      "a stopped clock: late by the wall clock, but in time",
      steps(
        [0, "submitted"],
        [10, "asked", { data: { respondBy: null, resolveBy: null } }],
        [700, "answered", { data: { resolveBy: minutesLater(1290).toISOString() } }],
        [900, "resolved"],
      ),
      [["opened", "responded", "respondedInTime", "resolved", "resolvedInTime"]],
    ],
    [
      "solved and satisfied",
      steps([0, "submitted"], [10, "resolved"], [20, "rated", rated("solved", 4, 4, 4)]),
      [["opened", "responded", "respondedInTime", "resolved", "resolvedInTime", "rated", "solved", "satisfied"]],
    ],
    [
      "a high mean that includes a score of 2 is not satisfied",
      steps([0, "submitted"], [10, "resolved"], [20, "rated", rated("partly", 5, 5, 2)]),
      [["opened", "responded", "respondedInTime", "resolved", "resolvedInTime", "rated", "partly", "dissatisfied"]],
    ],
    [
      "unsolved: a second cycle with its own clock",
      steps([0, "submitted"], [10, "resolved"], [20, "rated", rated("unsolved", 1, 3, 1)], [25, "contacted"]),
      [
        ["opened", "responded", "respondedInTime", "resolved", "resolvedInTime", "rated", "unsolved", "dissatisfied"],
        ["opened", "responded", "respondedInTime"],
      ],
    ],
    [
      "a changed rating counts in its last form",
      steps(
        [0, "submitted"],
        [10, "resolved"],
        [20, "rated", rated("partly", 1, 1, 1)],
        [30, "rated", rated("solved")],
      ),
      [["opened", "responded", "respondedInTime", "resolved", "resolvedInTime", "rated", "solved", "satisfied"]],
    ],
    ["withdrawn before anybody came", steps([0, "submitted"], [5, "withdrawn"]), [["opened", "withdrawn"]]],
    ["rejected", steps([0, "submitted"], [5, "rejected"]), [["opened", "rejected"]]],
    [
      "unrated: closed, and counted separately",
      steps([0, "submitted"], [10, "resolved"], [10_090, "closed_unrated"]),
      [["opened", "responded", "respondedInTime", "resolved", "resolvedInTime", "silent"]],
    ],
  ])("%s", (_what, told, counts) => {
    expect(countsOf(told)).toEqual(counts);
  });

  it("stop at a missing step", () => {
    const told = steps([0, "submitted"], [5, "claimed"], [10, "resolved"]);
    const { version, cycles } = handlingCyclesOf("r1", [told[0]!, told[2]!]);
    expect({ version, resolved: cycles[0]?.resolvedAt }).toEqual({ version: 1, resolved: null });
  });

  it("belong to their handler: to the resolver also after the rating, to nobody after a release", () => {
    const told = steps([0, "submitted"], [5, "claimed"], [7, "released", { handlerId: null }]);
    expect(handlingCyclesOf("r1", told).cycles.map((r) => r.cadreId)).toEqual([null]);
    const reworked = steps(
      [0, "submitted"],
      [10, "resolved"],
      [20, "rated", { ...rated("unsolved"), handlerId: null }],
    );
    expect(handlingCyclesOf("r1", reworked).cycles.map((r) => r.cadreId)).toEqual(["wang", null]);
  });
});

describe("rates", () => {
  const tally = emptyTally();
  const told = [
    steps([0, "submitted"], [10, "resolved"], [20, "rated", rated("solved")]),
    steps([0, "submitted"], [90, "resolved"], [100, "rated", rated("partly", 3, 5, 4)]),
    steps([0, "submitted"], [30, "resolved"]),
    steps([0, "submitted"], [5, "withdrawn"]),
    steps([0, "submitted"]),
  ];
  for (const cycle of told.flatMap((one) => handlingCyclesOf("r", one).cycles)) countCycle(tally, cycle);

  it("are shares of what was due and of what was rated", () => {
    const rates = threeRates(tally, { respond: 1, resolve: 0 });
    expect(rates).toEqual({
      response: { part: 2, whole: 4, share: 0.5 },
      selfResolution: { part: 3, whole: 3, share: 1 },
      resolution: { part: 1, whole: 2, share: 0.5 },
      satisfaction: { part: 2, whole: 2, share: 1 },
      rated: { part: 2, whole: 3, share: 2 / 3 },
    });
  });

  it("without a whole are null, not 0 % and not 100 %", () => {
    expect(threeRates(emptyTally(), { respond: 0, resolve: 0 }).satisfaction).toEqual({
      part: 0,
      whole: 0,
      share: null,
    });
  });
});

describe("percentile", () => {
  it("is within a quarter of the exact value", () => {
    const tally = emptyTally();
    const minutes = Array.from({ length: 400 }, (_, n) => 2 + ((n * 7919) % 400) * 1.7);
    for (const minute of minutes) {
      for (const cycle of handlingCyclesOf("r", steps([0, "submitted"], [minute, "resolved"])).cycles)
        countCycle(tally, cycle);
    }
    const sorted = minutes.toSorted((a, b) => a - b);
    for (const p of [0.1, 0.5, 0.9, 0.95]) {
      const exact = (sorted[Math.ceil(p * sorted.length) - 1] ?? 0) * 60_000;
      const told = percentile(tally.resolveTimes, p) ?? 0;
      expect(Math.abs(told - exact) / exact, `p${p}`).toBeLessThan(0.05);
    }
  });
  it("is null without values", () => expect(percentile({}, 0.5)).toBeNull());
  it("of one value is in that value's bin, for any p", () => {
    const tally = emptyTally();
    for (const cycle of handlingCyclesOf("r", steps([0, "submitted"], [0, "resolved"])).cycles)
      countCycle(tally, cycle);
    expect(percentile(tally.resolveTimes, 0.5)).toBeLessThanOrEqual(60_000);
  });
});

describe("a day's roll-up", () => {
  it("does not depend on the order of the handling cycles, and counts hours in Shanghai", () => {
    const cycles = [
      ...handlingCyclesOf("a", steps([0, "submitted"], [10, "resolved"])).cycles,
      ...handlingCyclesOf("b", steps([60, "submitted"], [70, "claimed"])).cycles,
      ...handlingCyclesOf("c", steps([61, "submitted"])).cycles,
    ];
    const one = rollUp("c1", "2026-03-04", cycles);
    expect(rollUp("c1", "2026-03-04", cycles.toReversed())).toEqual(one);
    expect(noon.toISOString()).toBe("2026-03-04T04:00:00.000Z");
    expect(one.hours.flatMap((n, hour) => (n ? [[hour, n]] : []))).toEqual([
      [12, 1],
      [13, 2],
    ]);
    expect(one.cells.map(({ cadreId, counts }) => [cadreId, counts.opened])).toEqual([
      [null, 1],
      ["wang", 2],
    ]);
    expect(one.buildings).toEqual([{ building: "3号楼", opened: 3 }]);
  });
});
