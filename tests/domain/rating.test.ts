import { describe, expect, it } from "vitest";
import { dueStep } from "../../server/core/domain/requests/request-lifecycle.ts";
import { minutesLater, noon } from "../support/domain.ts";
import { handler, inputs, people, ratedAt, requestIn, take } from "../support/lifecycle.ts";

const DAY = 24 * 60;
const unsolved = { ...inputs.rate, outcome: "unsolved" } as const;

describe("a rating", () => {
  it("may be changed for a day from when it was first given, to the minute", () => {
    const first = take({ ...requestIn("resolved"), resolvedAt: noon }, "rate", people.owner);
    expect(first.set.closedAt).toEqual(noon);
    const changed = take(ratedAt(noon), "rate", people.owner, minutesLater(DAY));
    expect([changed.set.closedAt, changed.event.data["changed"]]).toEqual([noon, true]);
    expect(() => take(ratedAt(noon), "rate", people.owner, minutesLater(DAY + 1))).toThrow("request.state_conflict");
  });

  it("that is changed to unsolved asks for rework, and then is no rating to be changed", () => {
    const { set } = take(ratedAt(noon), "rate", people.owner, minutesLater(60), unsolved);
    expect(set).toMatchObject({ status: "queued", closedAt: null, resolvedAt: null, handlerId: null, reworkCount: 1 });
    const reopened = { ...ratedAt(noon), ...set };
    expect(() => take(reopened, "rate", people.owner, minutesLater(61))).toThrow("request.state_conflict");
  });

  it("that does not come closes the request after seven days, by itself", () => {
    const { set } = take(requestIn("handling"), "resolve", handler);
    const resolved = { ...requestIn("handling"), ...set };
    expect(resolved.dueAt).toEqual(minutesLater(7 * DAY));
    expect(dueStep(resolved, minutesLater(7 * DAY - 1))).toBeNull();
    expect(dueStep(resolved, minutesLater(7 * DAY))).toEqual({ action: "close-unrated", input: {} });
    const closed = take(resolved, "close-unrated", people["the system"], minutesLater(7 * DAY));
    expect(closed.set).toMatchObject({ status: "closed", dueAt: null });
    expect(closed.event.type).toBe("request.closed_unrated");
  });

  it("that does not come after rework leaves nothing to change either: the one of before has done its work", () => {
    const reworked = { ...ratedAt(noon), ...take(ratedAt(noon), "rate", people.owner, minutesLater(60), unsolved).set };
    const again = { ...reworked, status: "resolved" as const, resolvedAt: minutesLater(DAY) };
    const closed = { ...again, ...take(again, "close-unrated", people["the system"], minutesLater(8 * DAY)).set };
    expect(() => take(closed, "rate", people.owner, minutesLater(8 * DAY + 1))).toThrow("request.state_conflict");
    // A rating of the second result may be changed as that of the first.
    const rated = { ...again, ...take(again, "rate", people.owner, minutesLater(2 * DAY)).set };
    expect(take(rated, "rate", people.owner, minutesLater(3 * DAY)).event.data["changed"]).toBe(true);
  });

  it("in time ends the waiting for it", () => {
    const resolved = { ...requestIn("resolved"), resolvedAt: noon, dueAt: minutesLater(7 * DAY) };
    expect(take(resolved, "rate", people.owner).set.dueAt).toBeNull();
  });
});
