import { withChanges } from "../../server/core/domain/requests/request-change.ts";
import { describe, expect, it } from "vitest";
import { callbackAfter, callbackBy, callbackReason } from "../../server/core/domain/requests/callback.ts";
import { abilities, dueStep } from "../../server/core/domain/requests/request-lifecycle.ts";
import type { Rating } from "../../server/core/domain/requests/request-outcome.ts";
import { anActor, nineToFive, noon } from "../support/domain.ts";
import { aCallback, ratedAt, requestIn, take } from "../support/lifecycle.ts";

const rated = (outcome: Rating["outcome"], result: number): Omit<Rating, "at"> => ({
  outcome,
  scores: { response: 5, attitude: 5, result },
  tags: [],
  comment: "",
});
const clerk = anActor("committee", "clerk");

describe("a callback", () => {
  it.each([
    ["solved", 3, null],
    ["solved", 2, "low-score"],
    ["partly", 3, null],
    ["partly", 1, "low-score"],
    ["unsolved", 5, "unsolved"],
  ] as const)("after %s with a lowest score of %s: %s", (outcome, score, why) => {
    expect(callbackReason(rated(outcome, score))).toBe(why);
  });

  it("is due at the end of the office's next workday, over a weekend and a holiday", () => {
    const friday = new Date("2026-03-06T19:00:00+08:00");
    const closed = ["2026-03-07", "2026-03-08", "2026-03-09"];
    const office = (day: string) => (closed.includes(day) ? [] : ([[540, 720], [780, 1020]] as const)); // prettier-ignore
    expect(callbackBy(friday, office)).toEqual(new Date("2026-03-10T17:00:00+08:00"));
  });

  it("is made by the committee, but not by the person who was rated", () => {
    const due = withChanges(ratedAt(noon), { outcome: { callback: aCallback } });
    expect(abilities(due, clerk, noon)).toContain("call-back");
    expect(abilities(due, anActor("committee", "handler"), noon)).not.toContain("call-back");
    expect(abilities(due, anActor("cadre", "other"), noon)).not.toContain("call-back");
  });

  it("that reaches nobody stays due, and the attempt is counted", () => {
    const due = withChanges(ratedAt(noon), { outcome: { callback: aCallback } });
    const { set } = take(due, "call-back", clerk, noon, { answer: "unreached", text: "响了没人接" });
    expect(set.outcome?.callback).toMatchObject({ attempts: 1, made: null });
    expect(abilities(withChanges(due, set), clerk, noon)).toContain("call-back");
  });

  it("that was made is not due again when the rating is changed within its day", () => {
    const due = withChanges(ratedAt(noon), { outcome: { callback: aCallback } });
    const { set } = take(due, "call-back", clerk, noon, { answer: "satisfied", text: "重新修好了" });
    const made = withChanges(due, set);
    expect(made.outcome.callback?.made).toMatchObject({ byId: "clerk", answer: "satisfied" });
    expect(abilities(made, clerk, noon)).not.toContain("call-back");
    expect(callbackAfter(made, rated("solved", 1), noon, nineToFive)).toEqual(made.outcome.callback);
  });

  it("is no longer due when the rating is improved before the call", () => {
    const due = withChanges(ratedAt(noon), { outcome: { callback: aCallback } });
    expect(callbackAfter(due, rated("solved", 5), noon, nineToFive)).toBeNull();
  });

  it("after rework belongs to the new resolution, even if the earlier one was made", () => {
    const made = { at: noon, byId: "clerk", byName: "何芳", answer: "unsatisfied" as const, text: "还漏" };
    const again = withChanges(requestIn("resolved"), {
      outcome: { rating: ratedAt(noon).outcome.rating, callback: { ...aCallback, made } },
    });
    expect(callbackAfter(again, rated("partly", 1), noon, nineToFive)).toMatchObject({
      reason: "low-score",
      made: null,
    });
  });

  it("that is late is reported once, by a step of the system, also for a closed request", () => {
    const resolved = requestIn("resolved");
    const low = take(resolved, "rate", anActor("resident", "resident"), noon, rated("partly", 1));
    const closed = withChanges(resolved, low.set);
    const dueBy = closed.outcome.callback!.dueBy;
    expect(closed.clocks.dueAt).toEqual(dueBy);
    expect(dueStep(closed, new Date(dueBy.getTime() - 1))).toBeNull();
    expect(dueStep(closed, dueBy)).toEqual({ action: "callback-late", input: {} });
    const after = withChanges(closed, take(closed, "callback-late", anActor("system", "system"), dueBy).set);
    expect(dueStep(after, new Date(dueBy.getTime() + 86_400_000))).toBeNull();
    expect(abilities(after, clerk, dueBy)).toContain("call-back");
  });

  it("ends when the account is closed: it is then neither late nor possible", () => {
    const due = withChanges(ratedAt(noon), { outcome: { callback: aCallback }, clocks: { dueAt: aCallback.dueBy } });
    const ended = withChanges(due, take(due, "end-callback", anActor("system", "system"), noon).set);
    expect(ended).toMatchObject({ outcome: { callback: null }, clocks: { dueAt: null } });
    expect(abilities(ended, clerk, noon)).not.toContain("call-back");
  });

  it("names the head of the unit on a request that goes to rework", () => {
    const { set, event } = take(
      requestIn("resolved"),
      "rate",
      anActor("resident", "resident"),
      noon,
      rated("unsolved", 2),
    );
    expect(set).toMatchObject({
      handling: { unitHead: "居委会主任 沈国强" },
      outcome: { callback: { reason: "unsolved", excludedUserId: "handler" } },
    });
    expect(event.data).toMatchObject({ unitHead: "居委会主任 沈国强", rework: 1 });
  });
});
