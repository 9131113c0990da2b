import { describe, expect, it } from "vitest";
import { withChanges } from "../../server/core/domain/requests/request-change.ts";
import { dueStep } from "../../server/core/domain/requests/request-lifecycle.ts";
import { minutesLater, noon } from "../support/domain.ts";
import { handler, inputs, people, ratedAt, requestIn, take } from "../support/lifecycle.ts";

const DAY = 24 * 60;
const unsolved = { ...inputs.rate, outcome: "unsolved" } as const;

describe("a rating", () => {
  it("may be changed for a day from when it was first given, to the minute", () => {
    const first = take(withChanges(requestIn("resolved"), { clocks: { resolvedAt: noon } }), "rate", people.owner);
    expect(first.set.clocks?.closedAt).toEqual(noon);
    const changed = take(ratedAt(noon), "rate", people.owner, minutesLater(DAY));
    expect([changed.set.clocks?.closedAt, changed.event.data["changed"]]).toEqual([noon, true]);
    expect(() => take(ratedAt(noon), "rate", people.owner, minutesLater(DAY + 1))).toThrow("request.state_conflict");
  });

  it("that is changed to unsolved leads to rework, and can then not be changed", () => {
    const { set } = take(ratedAt(noon), "rate", people.owner, minutesLater(60), unsolved);
    expect(set).toMatchObject({
      status: "queued",
      clocks: { closedAt: null, resolvedAt: null },
      handlerId: null,
      outcome: { reworkCount: 1 },
    });
    const reopened = withChanges(ratedAt(noon), set);
    expect(() => take(reopened, "rate", people.owner, minutesLater(61))).toThrow("request.state_conflict");
  });

  it("that is missing makes the system close the request after seven days", () => {
    const { set } = take(requestIn("handling"), "resolve", handler);
    const resolved = withChanges(requestIn("handling"), set);
    expect(resolved.clocks.dueAt).toEqual(minutesLater(7 * DAY));
    expect(dueStep(resolved, minutesLater(7 * DAY - 1))).toBeNull();
    expect(dueStep(resolved, minutesLater(7 * DAY))).toEqual({ action: "close-unrated", input: {} });
    const closed = take(resolved, "close-unrated", people["the system"], minutesLater(7 * DAY));
    expect(closed.set).toMatchObject({ status: "closed", clocks: { dueAt: null } });
    expect(closed.event.type).toBe("request.closed_unrated");
  });

  it("that is missing after rework cannot be changed, since the earlier rating does not count", () => {
    const { set } = take(ratedAt(noon), "rate", people.owner, minutesLater(60), unsolved);
    const reworked = withChanges(ratedAt(noon), set);
    const again = withChanges(reworked, { status: "resolved", clocks: { resolvedAt: minutesLater(DAY) } });
    const closed = withChanges(again, take(again, "close-unrated", people["the system"], minutesLater(8 * DAY)).set);
    expect(() => take(closed, "rate", people.owner, minutesLater(8 * DAY + 1))).toThrow("request.state_conflict");
    // A rating of the second result may be changed as that of the first.
    const rated = withChanges(again, take(again, "rate", people.owner, minutesLater(2 * DAY)).set);
    expect(take(rated, "rate", people.owner, minutesLater(3 * DAY)).event.data["changed"]).toBe(true);
  });

  it("in time prevents the unrated close", () => {
    const clocks = { resolvedAt: noon, dueAt: minutesLater(7 * DAY) };
    const resolved = withChanges(requestIn("resolved"), { clocks });
    expect(take(resolved, "rate", people.owner).set.clocks?.dueAt).toBeNull();
  });
});
