import { withChanges } from "../../server/core/domain/requests/request-change.ts";
import { describe, expect, it } from "vitest";
import { type Action, abilities, transitions } from "../../server/core/domain/requests/request-lifecycle.ts";
import type { Request } from "../../server/core/domain/requests/request.ts";
import { aRequest, heldRequest, minutesLater, noon } from "../support/domain.ts";
import {
  type Person,
  handler,
  inputs,
  meetingAll,
  people,
  timeRequests,
  requestIn,
  take,
} from "../support/lifecycle.ts";

describe("a step", () => {
  const after = (request: Request, action: Action, actor = handler, now = noon, input = inputs[action]): Request =>
    withChanges(request, take(request, action, actor, now, input).set);

  it.each<[Action, Request, Person, Request["status"]]>([
    ["claim", aRequest(), "handler", "claimed"],
    ["assign", aRequest(), "the clerk", "claimed"],
    ["assign", heldRequest({ status: "handling" }), "the clerk", "claimed"],
    ["release", heldRequest({ status: "handling" }), "handler", "queued"],
    ["first-contact", heldRequest(), "handler", "handling"],
    ["note", heldRequest({ status: "waiting" }), "handler", "waiting"],
    ["message", heldRequest({ status: "resolved" }), "owner", "resolved"],
    ["ask", heldRequest(), "handler", "waiting"],
    ["answer", heldRequest({ status: "waiting" }), "owner", "handling"],
    ["resolve", heldRequest(), "handler", "resolved"],
    ["rate", heldRequest({ status: "resolved" }), "owner", "closed"],
    ["withdraw", heldRequest({ status: "waiting" }), "owner", "withdrawn"],
    ["reject", aRequest(), "the clerk", "rejected"],
    ["ask-extension", heldRequest(), "handler", "claimed"],
    [
      "approve-extension",
      heldRequest({ clocks: { timeRequest: timeRequests["extension asked"] } }),
      "the clerk",
      "claimed",
    ],
    [
      "refuse-extension",
      heldRequest({ clocks: { timeRequest: timeRequests["extension asked"] } }),
      "the clerk",
      "claimed",
    ],
    ["ask-suspension", heldRequest({ status: "handling" }), "handler", "handling"],
    [
      "approve-suspension",
      heldRequest({ status: "handling", clocks: { timeRequest: timeRequests["suspension asked"] } }),
      "the clerk",
      "suspended",
    ],
    [
      "refuse-suspension",
      heldRequest({ status: "handling", clocks: { timeRequest: timeRequests["suspension asked"] } }),
      "the clerk",
      "handling",
    ],
    ["resume", heldRequest({ status: "suspended", clocks: { pausedSince: noon } }), "handler", "handling"],
    ["remind", requestIn("queued"), "the system", "queued"],
  ])("%s of %o leads on", (action, request, person, status) => {
    expect(after(request, action, people[person]).status).toBe(status);
  });

  it("writes one event with the next version, the actor and the people concerned", () => {
    const { event } = take(aRequest(), "claim");
    expect(event).toMatchObject({
      version: 4,
      type: "request.claimed",
      at: noon,
      communityId: "c1",
      requestId: "r1",
      actor: { id: "handler", role: "cadre" },
      subjects: { residentId: "resident", handlerId: "handler", previousHandlerId: null },
      data: { status: "claimed" },
    });
  });

  it("with a cadre's own request is recorded as a resident's, whatever the role in use", () => {
    expect(take(aRequest(), "withdraw", people["a cadre on duty who filed it"]).event.actor.role).toBe("resident");
  });

  it("writes no personal data beyond free text: phone, unit and room never reach an event", () => {
    for (const { action, from, when } of transitions) {
      const request = withChanges(requestIn(from[0]!), meetingAll(when));
      const actor = Object.values(people).find((person) =>
        abilities(request, person, noon).some((ability: Action) => ability === action),
      );
      // What was not taken ends at its time.
      const at = action === "expire-offer" ? minutesLater(5) : noon;
      expect(JSON.stringify(take(request, action, actor, at).event)).not.toContain("sealed");
    }
  });

  it("resolve straight after a claim counts as the first contact", () => {
    expect(after(heldRequest(), "resolve", handler, minutesLater(5)).clocks.firstContactAt).toEqual(minutesLater(5));
    const contacted = heldRequest({ status: "handling", clocks: { firstContactAt: noon } });
    expect(after(contacted, "resolve", handler, minutesLater(5)).clocks.firstContactAt).toEqual(noon);
  });

  it("release clears the handler and keeps the place in the queue", () => {
    const released = after(
      heldRequest({ status: "handling", clocks: { firstContactAt: noon }, dispatch: { queueKey: 7 } }),
      "release",
    );
    expect(released).toMatchObject({
      handlerId: null,
      handlerName: null,
      clocks: { claimedAt: null, firstContactAt: null },
      dispatch: { queueKey: 7 },
    });
  });

  it.each<[Action, Person]>([["answer", "owner"], ["release", "handler"], ["assign", "the clerk"]])(
    "%s lets a waiting clock run on, later by what it waited",
    (action, person) => {
      const asked = after(heldRequest(), "ask");
      expect(asked).toMatchObject({ clocks: { pausedSince: noon }, handling: { question: { text: "取件码是多少？", askedAt: noon } } });
      expect(after(asked, action, people[person], minutesLater(30))).toMatchObject({ clocks: { pausedSince: null, respondBy: minutesLater(90), resolveBy: minutesLater(1470) }, handling: { question: null } });
    },
  ); // prettier-ignore

  it("approve-extension postpones the deadline, also when the clock stood still since the request", () => {
    const day = 1440;
    const pleaded = after(heldRequest({ status: "handling", clocks: { firstContactAt: noon } }), "ask-extension");
    const waiting = after(pleaded, "ask");
    const answered = after(waiting, "answer", people.owner, minutesLater(4 * day));
    expect(answered).toMatchObject({
      clocks: { resolveBy: minutesLater(5 * day), timeRequest: { until: minutesLater(4 * day + 2000) } },
    });
    expect(after(answered, "approve-extension", people["the clerk"], minutesLater(4 * day))).toMatchObject({
      clocks: { resolveBy: minutesLater(4 * day + 2000), timeRequest: null },
    });
    // What was asked of somebody who has it no more is asked no more; a suspension is until a day, however long one
    // waits.
    expect(after(waiting, "assign", people["the clerk"], minutesLater(day)).clocks.timeRequest).toBeNull();
    const suspended = withChanges(waiting, { clocks: { timeRequest: timeRequests["suspension asked"] } });
    expect(after(suspended, "answer", people.owner, minutesLater(day)).clocks.timeRequest).toEqual(
      timeRequests["suspension asked"],
    );
  });

  it("approve-extension never brings the deadline forward", () => {
    const later = heldRequest({
      clocks: { timeRequest: timeRequests["extension asked"], resolveBy: minutesLater(2001) },
    });
    expect(() => after(later, "approve-extension", people["the clerk"])).toThrow(
      expect.objectContaining({ code: "request.until_invalid" }),
    );
  });

  describe("rate", () => {
    const resolved = heldRequest({ status: "resolved", clocks: { resolvedAt: noon }, dispatch: { queueKey: 7 } });
    const rated = (outcome: "solved" | "partly" | "unsolved"): Request =>
      after(resolved, "rate", people.owner, minutesLater(10), { ...inputs.rate, outcome });

    it.each(["solved", "partly"] as const)("«%s» closes", (outcome) => {
      expect(rated(outcome)).toMatchObject({
        status: "closed",
        clocks: { closedAt: minutesLater(10) },
        outcome: { rating: { outcome } },
      });
    });

    it("«unsolved» returns it to the queue as rework: without a handler, urgent, with half of the time from now", () => {
      expect(rated("unsolved")).toMatchObject({
        status: "queued",
        handlerId: null,
        clocks: {
          resolvedAt: null,
          closedAt: null,
          respondBy: minutesLater(10 + 30),
          resolveBy: minutesLater(10 + 720),
        },
        outcome: { reworkCount: 1 },
        dispatch: { queueKey: minutesLater(10 + 60 / 4).getTime() },
      });
    });
  });
});
