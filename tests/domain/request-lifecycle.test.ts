import { describe, expect, it } from "vitest";
import { DomainError } from "../../server/kernel/errors.ts";
import {
  type Action,
  abilities,
  alreadyTaken,
  transitions,
} from "../../server/core/domain/requests/request-lifecycle.ts";
import { type Request, statuses } from "../../server/core/domain/requests/request.ts";
import { aRequest, heldRequest, minutesLater, noon } from "../support/domain.ts";
import { type Person, handler, people, ratedAt, requestIn, take } from "../support/lifecycle.ts";

const ladder: Action[] = ["remind", "mark-overdue", "supervise"];

/** Written by hand, not derived from the table under test: whoever is not named may do nothing. */
const may: Record<Request["status"], Partial<Record<Person, Action[]>>> = {
  queued: {
    owner: ["withdraw"],
    handler: ["claim"],
    "another cadre on duty": ["claim"],
    "a cadre on duty who filed it": ["withdraw"],
    "the clerk": ["assign", "internal-note", "reject", "ask-transfer"],
    "the system": ["offer", "call-committee", ...ladder],
    "another resident": ["follow"],
    "a neighbour who follows it": ["unfollow"],
    "the handler, acting as a resident": ["follow"],
  },
  claimed: {
    owner: ["message", "withdraw"],
    handler: [
      "release",
      "first-contact",
      "note",
      "internal-note",
      "message",
      "ask",
      "resolve",
      "reject",
      "ask-transfer",
      "ask-extension",
      "ask-organization",
    ],
    "a cadre on duty who filed it": ["message", "withdraw"],
    "the clerk": ["assign", "note", "internal-note", "reject", "ask-transfer", "ask-organization"],
    "the system": ["requeue", "hand-back", ...ladder],
    "another resident": ["follow"],
    "a neighbour who follows it": ["unfollow"],
    "the handler, acting as a resident": ["follow"],
  },
  handling: {
    owner: ["message", "withdraw"],
    handler: [
      "release",
      "hand-over",
      "note",
      "internal-note",
      "message",
      "ask",
      "resolve",
      "reject",
      "ask-transfer",
      "ask-extension",
      "ask-suspension",
      "ask-organization",
    ],
    "a cadre on duty who filed it": ["message", "withdraw"],
    "the clerk": ["assign", "note", "internal-note", "reject", "ask-transfer", "ask-organization"],
    "the system": ["hand-back", ...ladder],
    "another resident": ["follow"],
    "a neighbour who follows it": ["unfollow"],
    "the handler, acting as a resident": ["follow"],
  },
  waiting: {
    owner: ["message", "answer", "withdraw"],
    handler: ["release", "hand-over", "note", "internal-note", "message", "reject", "ask-transfer", "ask-organization"],
    "a cadre on duty who filed it": ["message", "answer", "withdraw"],
    "the clerk": ["assign", "note", "internal-note", "reject", "ask-transfer", "ask-organization"],
    "the system": ["hand-back"],
    "another resident": ["follow"],
    "a neighbour who follows it": ["unfollow"],
    "the handler, acting as a resident": ["follow"],
  },
  suspended: {
    owner: ["message", "withdraw"],
    handler: ["release", "hand-over", "note", "internal-note", "message", "reject", "resume", "ask-organization"],
    "a cadre on duty who filed it": ["message", "withdraw"],
    "the clerk": ["assign", "note", "internal-note", "reject", "resume", "ask-organization"],
    "the system": ["resume", "hand-back"],
    "another resident": ["follow"],
    "a neighbour who follows it": ["unfollow"],
    "the handler, acting as a resident": ["follow"],
  },
  resolved: {
    owner: ["message", "rate"],
    handler: ["internal-note", "message"],
    "the clerk": ["internal-note"],
    "a cadre on duty who filed it": ["message", "rate"],
    "the system": ["close-unrated"],
    "a neighbour who follows it": ["unfollow"],
  },
  // Within a day of the rating.
  closed: { owner: ["rate"], "a cadre on duty who filed it": ["rate"] },
  withdrawn: {},
  rejected: {},
};

const refusal = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
  return "taken";
};

describe.each(statuses)("a request that is %s", (status) => {
  it.each(Object.keys(people) as Person[])("offers %s exactly their steps", (person) => {
    expect<Action[]>(abilities(requestIn(status), people[person], noon)).toEqual(may[status][person] ?? []);
  });

  it.each(Object.keys(people) as Person[])("takes exactly these from %s", (person) => {
    const taken = transitions
      .map(({ action }) => action)
      .filter((action) => refusal(() => take(requestIn(status), action, people[person])) === "taken");
    expect(taken).toEqual(may[status][person] ?? []);
  });
});

describe("a refusal", () => {
  it.each<[string, Request, Action, Person, string]>([
    ["a claim that is lost", heldRequest(), "claim", "another cadre on duty", "request.already_claimed"],
    ["a claim off duty", aRequest(), "claim", "a cadre off duty", "duty.not_on_duty"],
    ["a claim when duty has just ended", aRequest(), "claim", "a cadre whose duty has just ended", "duty.not_on_duty"],
    ["a claim of one's own request", aRequest(), "claim", "a cadre on duty who filed it", "request.own"],
    ["a claim by a resident", aRequest(), "claim", "another resident", "request.not_allowed"],
    ["a claim in another community", aRequest(), "claim", "a cadre of another community", "request.not_allowed"],
    ["a claim of what is closed", requestIn("closed"), "claim", "another cadre on duty", "request.state_conflict"],
    ["somebody else's resolve", heldRequest(), "resolve", "another cadre on duty", "request.not_allowed"],
    ["a rating by the handler", requestIn("resolved"), "rate", "handler", "request.not_allowed"],
    ["a second rating after a day", ratedAt(minutesLater(-24 * 60 - 1)), "rate", "owner", "request.state_conflict"],
    [
      "a rating of what closed in silence",
      requestIn("closed", minutesLater(-1)),
      "rate",
      "owner",
      "request.state_conflict",
    ],
    ["a withdrawal when it is done", requestIn("resolved"), "withdraw", "owner", "request.state_conflict"],
  ])("of %s says why", (_what, request, action, person, code) => {
    expect(refusal(() => take(request, action, people[person]))).toBe(code);
  });

  it("of a claim that came too late names the handler", () => {
    expect(() => take(heldRequest(), "claim", people["another cadre on duty"])).toThrow(
      expect.objectContaining({ params: { handlerId: "handler", handlerName: "王敏" } }) as Error,
    );
  });

  it("is not given to the handler who claims again", () => {
    expect(alreadyTaken(heldRequest(), "claim", handler)).toBe(true);
    expect(alreadyTaken(heldRequest(), "claim", people["another cadre on duty"])).toBe(false);
    expect(alreadyTaken(requestIn("closed"), "claim", handler)).toBe(false);
  });
});
