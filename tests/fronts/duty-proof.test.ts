import { expect, test } from "vitest";
import { countDone, lengthOfDuty } from "../../fronts/duty-proof.ts";

test("a proof counts each event once, and no events of the duty itself", () => {
  const types = [
    "duty.started",
    "request.claimed",
    "request.contacted",
    "request.noted",
    "request.message_sent",
    "task.asked",
  ];
  expect(countDone(types.map((type) => ({ type })))).toEqual([
    { what: "claimed", count: 1 },
    { what: "contacted", count: 1 },
    { what: "resolved", count: 0 },
    { what: "noted", count: 2 },
    { what: "others", count: 1 },
  ]);
});

test("a running duty counts up to now, one that began on another day not at all", () => {
  const asOf = "2026-03-02T12:00:00Z";
  const [from, to] = ["2026-03-02T10:00:00Z", "2026-03-02T11:30:00Z"];
  expect(lengthOfDuty({ from, to }, asOf)).toBe(5_400_000);
  expect(lengthOfDuty({ from, to: null }, asOf)).toBe(7_200_000);
  expect(lengthOfDuty({ from: null, to }, asOf)).toBeNull();
});
