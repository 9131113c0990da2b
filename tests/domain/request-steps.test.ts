import { describe, expect, it } from "vitest";
import { type Action, abilities, transitions } from "../../server/core/domain/requests/request-lifecycle.ts";
import type { Request } from "../../server/core/domain/requests/request.ts";
import { aRequest, heldRequest, minutesLater, noon } from "../support/domain.ts";
import { type Person, handler, inputs, meetingAll, people, pleas, requestIn, take } from "../support/lifecycle.ts";

describe("a step", () => {
  const after = (request: Request, action: Action, actor = handler, now = noon, input = inputs[action]): Request => ({
    ...request,
    ...take(request, action, actor, now, input).set,
  });

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
    ["approve-extension", heldRequest({ plea: pleas["extension asked"] }), "the clerk", "claimed"],
    ["refuse-extension", heldRequest({ plea: pleas["extension asked"] }), "the clerk", "claimed"],
    ["ask-suspension", heldRequest({ status: "handling" }), "handler", "handling"],
    [
      "approve-suspension",
      heldRequest({ status: "handling", plea: pleas["suspension asked"] }),
      "the clerk",
      "suspended",
    ],
    [
      "refuse-suspension",
      heldRequest({ status: "handling", plea: pleas["suspension asked"] }),
      "the clerk",
      "handling",
    ],
    ["resume", heldRequest({ status: "suspended", waitingSince: noon }), "handler", "handling"],
    ["remind", requestIn("queued"), "the system", "queued"],
  ])("%s of %o leads on", (action, request, person, status) => {
    expect(after(request, action, people[person]).status).toBe(status);
  });

  it("leaves one event, of the next version, with who did it and whom it concerns", () => {
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

  it("of a cadre's own request is a resident's step, whatever the role in use", () => {
    expect(take(aRequest(), "withdraw", people["a cadre on duty who filed it"]).event.actor.role).toBe("resident");
  });

  it("leaves no personal data but what was typed: phone, unit and room never reach an event", () => {
    for (const { action, from, when } of transitions) {
      const request = { ...requestIn(from[0]!), ...meetingAll(when) };
      const actor = Object.values(people).find((person) =>
        abilities(request, person, noon).some((ability: Action) => ability === action),
      );
      // What was not taken ends at its time.
      const at = action === "expire-offer" ? minutesLater(5) : noon;
      expect(JSON.stringify(take(request, action, actor, at).event)).not.toContain("sealed");
    }
  });

  it("resolve straight after a claim counts as the first contact", () => {
    expect(after(heldRequest(), "resolve", handler, minutesLater(5)).firstContactAt).toEqual(minutesLater(5));
    const contacted = heldRequest({ status: "handling", firstContactAt: noon });
    expect(after(contacted, "resolve", handler, minutesLater(5)).firstContactAt).toEqual(noon);
  });

  it("release leaves nothing of the holder, and the place in the queue as it was", () => {
    const released = after(heldRequest({ status: "handling", firstContactAt: noon, queueKey: 7 }), "release");
    expect(released).toMatchObject({
      handlerId: null,
      handlerName: null,
      claimedAt: null,
      firstContactAt: null,
      queueKey: 7,
    });
  });

  it.each<[Action, Person]>([["answer", "owner"], ["release", "handler"], ["assign", "the clerk"]])(
    "%s lets a waiting clock run on, later by what it waited",
    (action, person) => {
      const asked = after(heldRequest(), "ask");
      expect(asked).toMatchObject({ waitingSince: noon, question: { text: "取件码是多少？", askedAt: noon } });
      expect(after(asked, action, people[person], minutesLater(30))).toMatchObject({
        waitingSince: null,
        question: null,
        respondBy: minutesLater(90),
        resolveBy: minutesLater(1470),
      });
    },
  ); // prettier-ignore

  it("approve-extension puts the deadline off, also when the clock stood still since it was asked", () => {
    const day = 1440;
    const pleaded = after(heldRequest({ status: "handling", firstContactAt: noon }), "ask-extension");
    const waiting = after(pleaded, "ask");
    const answered = after(waiting, "answer", people.owner, minutesLater(4 * day));
    expect(answered).toMatchObject({ resolveBy: minutesLater(5 * day), plea: { until: minutesLater(4 * day + 2000) } });
    expect(after(answered, "approve-extension", people["the clerk"], minutesLater(4 * day))).toMatchObject({
      resolveBy: minutesLater(4 * day + 2000),
      plea: null,
    });
    // What was asked of somebody who has it no more is asked no more; a suspension is until a day, however long one waits.
    expect(after(waiting, "assign", people["the clerk"], minutesLater(day)).plea).toBeNull();
    const suspended = { ...waiting, plea: pleas["suspension asked"] };
    expect(after(suspended, "answer", people.owner, minutesLater(day)).plea).toEqual(pleas["suspension asked"]);
  });

  it("approve-extension never brings the deadline forward", () => {
    const later = heldRequest({ plea: pleas["extension asked"], resolveBy: minutesLater(2001) });
    expect(() => after(later, "approve-extension", people["the clerk"])).toThrow(
      expect.objectContaining({ code: "request.until_invalid" }),
    );
  });

  describe("rate", () => {
    const resolved = heldRequest({ status: "resolved", resolvedAt: noon, queueKey: 7 });
    const rated = (outcome: "solved" | "partly" | "unsolved"): Request =>
      after(resolved, "rate", people.owner, minutesLater(10), { ...inputs.rate, outcome });

    it.each(["solved", "partly"] as const)("«%s» closes", (outcome) => {
      expect(rated(outcome)).toMatchObject({ status: "closed", closedAt: minutesLater(10), rating: { outcome } });
    });

    it("«unsolved» puts it back in the queue as rework: nobody's, urgent, with half the time, from now", () => {
      expect(rated("unsolved")).toMatchObject({
        status: "queued",
        handlerId: null,
        resolvedAt: null,
        closedAt: null,
        reworkCount: 1,
        queueKey: minutesLater(10 + 60 / 4).getTime(),
        respondBy: minutesLater(10 + 30),
        resolveBy: minutesLater(10 + 720),
      });
    });
  });
});
