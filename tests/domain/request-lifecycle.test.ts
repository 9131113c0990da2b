import { describe, expect, it } from "vitest";
import { DomainError } from "../../server/domain/errors.ts";
import {
  type Action,
  type Inputs,
  abilities,
  alreadyTaken,
  decide,
  transitions,
} from "../../server/domain/request-lifecycle.ts";
import { type Request, statuses } from "../../server/domain/request.ts";
import { aRequest, aService, anActor, filedByFamily, heldRequest, minutesLater, noon } from "../support/domain.ts";

const handler = anActor("cadre", "handler");
const people = {
  owner: anActor("resident"),
  handler,
  "another cadre on duty": anActor("cadre", "other"),
  "a cadre off duty": anActor("cadre", "other", { dutyUntil: null }),
  "a cadre whose duty has just ended": anActor("cadre", "other", { dutyUntil: noon }),
  "a cadre of another community": anActor("cadre", "other", { communityIds: ["c2"] }),
  "a cadre on duty who filed it": anActor("cadre", "resident"),
  "the clerk": anActor("committee"),
  "a clerk of another community": anActor("committee", "committee", { communityIds: ["c2"] }),
  "a supervisor": anActor("supervisor"),
  "a partner": anActor("partner"),
  "another resident": anActor("resident", "neighbour"),
  "the handler, acting as a resident": anActor("resident", "handler"),
} as const;

type Person = keyof typeof people;

/** Written by hand, from product.md 1: whoever is not named may do nothing. */
const may: Record<Request["status"], Partial<Record<Person, Action[]>>> = {
  queued: {
    owner: ["withdraw"],
    handler: ["claim"],
    "another cadre on duty": ["claim"],
    "a cadre on duty who filed it": ["withdraw"],
    "the clerk": ["assign", "reject"],
  },
  claimed: {
    owner: ["message", "withdraw"],
    handler: ["release", "first-contact", "note", "message", "ask", "resolve", "reject"],
    "a cadre on duty who filed it": ["message", "withdraw"],
    "the clerk": ["assign", "note", "reject"],
  },
  handling: {
    owner: ["message", "withdraw"],
    handler: ["release", "note", "message", "ask", "resolve", "reject"],
    "a cadre on duty who filed it": ["message", "withdraw"],
    "the clerk": ["assign", "note", "reject"],
  },
  waiting: {
    owner: ["message", "answer", "withdraw"],
    handler: ["release", "note", "message", "reject"],
    "a cadre on duty who filed it": ["message", "answer", "withdraw"],
    "the clerk": ["assign", "note", "reject"],
  },
  resolved: {
    owner: ["message", "rate"],
    handler: ["message"],
    "a cadre on duty who filed it": ["message", "rate"],
  },
  closed: {},
  withdrawn: {},
  rejected: {},
};

const requestIn = (status: Request["status"]): Request => {
  const held = ["claimed", "handling", "waiting", "resolved", "closed"].includes(status);
  return held ? heldRequest({ status }) : aRequest({ status });
};

const inputs: { [A in Action]: Inputs[A] } = {
  claim: {},
  assign: { cadreId: "other", cadreName: "李强" },
  release: { code: "shift-ends", reason: "要开会" },
  "first-contact": { note: "已电话联系" },
  note: { text: "已去现场", messageId: "m1" },
  message: { text: "您好", fileIds: [], messageId: "m1" },
  ask: { text: "取件码是多少？" },
  answer: { text: "8-2-1007" },
  resolve: { result: "已送到", fileIds: ["f1"] },
  rate: { outcome: "solved", scores: { response: 5, attitude: 5, result: 4 }, tags: [], comment: "" },
  withdraw: { reason: "不用了" },
  reject: { reason: "不在职责内" },
  consent: { agreed: true, mayRate: false, how: "call" },
  "revoke-consent": {},
};

/** What makes a request meet each condition of the table. */
const meeting: Record<NonNullable<(typeof transitions)[number]["when"]>, Partial<Request>> = {
  "returns left": {},
  "consent asked": filedByFamily(),
  "consent given": filedByFamily({ state: "given" }),
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

const take = <A extends Action>(
  request: Request,
  action: A,
  actor = handler,
  now = noon,
  input: Inputs[A] = inputs[action],
) => decide(request, action, input, { actor, now, service: aService() });

describe.each(statuses)("a request that is %s", (status) => {
  it.each(Object.keys(people) as Person[])("offers %s exactly their steps", (person) => {
    expect(abilities(requestIn(status), people[person], noon)).toEqual(may[status][person] ?? []);
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
    ["a second rating", requestIn("closed"), "rate", "owner", "request.state_conflict"],
    ["a withdrawal when it is done", requestIn("resolved"), "withdraw", "owner", "request.state_conflict"],
  ])("of %s says why", (_what, request, action, person, code) => {
    expect(refusal(() => take(request, action, people[person]))).toBe(code);
  });

  it("of a lost claim names the winner", () => {
    expect(() => take(heldRequest(), "claim", people["another cadre on duty"])).toThrow(
      expect.objectContaining({ params: { handlerId: "handler", handlerName: "王敏" } }) as Error,
    );
  });

  it("is not due to the winner who claims again", () => {
    expect(alreadyTaken(heldRequest(), "claim", handler)).toBe(true);
    expect(alreadyTaken(heldRequest(), "claim", people["another cadre on duty"])).toBe(false);
    expect(alreadyTaken(requestIn("closed"), "claim", handler)).toBe(false);
  });
});

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
      const request = { ...requestIn(from[0]!), ...(when ? meeting[when] : {}) };
      const actor = Object.values(people).find((person) => abilities(request, person, noon).includes(action));
      expect(JSON.stringify(take(request, action, actor).event)).not.toContain("sealed");
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
