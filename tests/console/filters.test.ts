import { describe, expect, test } from "vitest";
import {
  logQuery,
  readLogFilters,
  readRequestFilters,
  readResidentFilters,
  requestQuery,
  writeFilters,
} from "../../console/lib/filters.ts";
import { endInstant, readWallClock, startInstant } from "../../console/lib/wall-clock.ts";

const id = "65f0c0ffee65f0c0ffee65f0";
const params = (text: string) => new URLSearchParams(text);
const set = (value: object) => Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined));

describe("filters and the address", () => {
  test.each([
    ["nothing", {}],
    ["open requests", { open: "true" }],
    ["a state, a service, a cadre", { status: "queued", serviceCode: "water-leak", cadreId: id }],
    ["days", { from: "2026-11-01", to: "2026-11-22" }],
    ["a number with signs in it", { requestNo: "S1X2-M5Q8-*" }],
    ["a supervisor's community", { communityId: "xiziwan" }],
  ] as const)("requests: %s survive the round trip", (_, filters) => {
    expect(set(readRequestFilters(writeFilters(filters)))).toEqual(filters);
  });

  test.each([
    [
      "all of them",
      {
        requestId: id,
        cadreId: id,
        serviceCode: "noise",
        type: "request.claimed",
        from: "2026-11-22T17:30",
        to: "2026-11-22T21:00",
      },
    ],
    ["the oldest first", { order: "asc" }],
  ] as const)("log: %s survive the round trip", (_, filters) => {
    expect(set(readLogFilters(writeFilters(filters)))).toEqual(filters);
  });

  test("equal filters are equal links", () => {
    const one = writeFilters({ status: "queued", cadreId: id }).toString();
    expect(writeFilters({ cadreId: id, status: "queued" }).toString()).toBe(one);
  });

  test("a cleared filter is removed from the address", () => {
    expect(writeFilters({ status: undefined, serviceCode: "" }).toString()).toBe("");
  });

  test.each([
    "open=maybe",
    "status=lost",
    "cadreId=65f0",
    "serviceCode=../x",
    "from=yesterday",
    "to=2026-13-45",
    "requestNo=%20",
  ])("requests: what the address says wrongly (%s) is as if not said", (text) => {
    expect(set(readRequestFilters(params(text)))).toEqual({});
  });

  test.each(["requestId=1", "type=%3Cscript%3E", "order=desc", "from=1"])("log: %s is ignored", (text) => {
    expect(set(readLogFilters(params(text)))).toEqual({});
  });

  test.each([
    ["tier=registered", { tier: "registered" }],
    ["tier=guest", {}],
    ["", {}],
  ])("residents: %s", (text, filters) => expect(set(readResidentFilters(params(text)))).toEqual(filters));
});

describe("filters and the API", () => {
  test("requests are queried for the whole community, days become instants in Shanghai, and the last day is inclusive", () => {
    expect(requestQuery({ open: "true", from: "2026-11-01", to: "2026-11-22" })).toEqual({
      scope: "community",
      open: "true",
      from: "2026-10-31T16:00:00.000Z",
      to: "2026-11-22T16:00:00.000Z",
    });
  });

  test("the log is sorted newest first; a span with minutes is passed on", () => {
    expect(logQuery({ cadreId: id, from: "2026-11-22T17:30", to: "2026-11-22T21:00" })).toEqual({
      cadreId: id,
      order: "desc",
      from: "2026-11-22T09:30:00.000Z",
      to: "2026-11-22T13:00:00.000Z",
    });
    expect(logQuery({ order: "asc" })).toEqual({ order: "asc" });
  });
});

describe("times in an address", () => {
  test.each([
    ["2026-11-22", "2026-11-22"],
    ["2026-11-22T17:30", "2026-11-22T17:30"],
    ["2026-11-22T09:30:00.000Z", "2026-11-22T17:30"],
    ["2026-11-22T17:30:00+08:00", "2026-11-22T17:30"],
    ["2026-11-22T17:30:00 08:00", "2026-11-22T17:30"],
    ["2026-11-22T25:00", undefined],
    ["17:30", undefined],
    ["", undefined],
    [null, undefined],
  ])("%s reads as %s", (text, value) => expect(readWallClock(text)).toBe(value));

  test("a day is a whole span, a minute is a point", () => {
    expect(startInstant("2026-11-22")).toBe("2026-11-21T16:00:00.000Z");
    expect(endInstant("2026-11-22")).toBe("2026-11-22T16:00:00.000Z");
    expect(endInstant("2026-11-22T21:00")).toBe("2026-11-22T13:00:00.000Z");
  });
});
