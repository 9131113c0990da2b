import { type RequestChange, withChanges } from "../../server/core/domain/requests/request-change.ts";
import type { DomainEvent } from "../../server/kernel/event.ts";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { OfficeHours } from "../../server/core/domain/community/working-time.ts";
import { replayRequest, stateOfRequest } from "../../server/core/domain/requests/replay-request.ts";
import { replayDeadlines } from "../../server/core/domain/requests/replay.ts";
import type { OwnStep } from "../../server/kernel/replay.ts";
import { type Action, type Inputs, decide, transitions } from "../../server/core/domain/requests/request-lifecycle.ts";
import { type Request, statuses } from "../../server/core/domain/requests/request.ts";
import { clocksFrom, nextEscalation, shownDeadlines } from "../../server/core/domain/requests/sla.ts";
import { type Actor, system } from "../../server/kernel/actor.ts";
import { DomainError } from "../../server/kernel/errors.ts";
import { differences } from "../../server/kernel/replay-state.ts";
import { stepOfEvent } from "../../server/log/own-steps.ts";
import { aRequest, aService, anActor, filedByFamily, minutesLater, nineToFive, noon } from "../support/domain.ts";
import { inputs } from "../support/lifecycle.ts";

/**
 * Two communities that count otherwise: the first on every hour, the second in the mornings only and with other
 * times.
 */
const mornings: OfficeHours = () => [[9 * 60, 12 * 60]];
const termsIn = (communityId: string) =>
  communityId === "c2"
    ? { service: aService({ clock: "working", respondMinutes: 90, resolveMinutes: 700 }), office: mornings }
    : { service: aService(), office: nineToFive };

const forEver = { dutyUntil: minutesLater(10_000_000) };
const actors: readonly Actor[] = [
  anActor("resident"),
  anActor("resident", "child"),
  anActor("resident", "neighbour"),
  anActor("cadre", "handler", forEver),
  anActor("cadre", "other", forEver),
  anActor("cadre", "there", { ...forEver, communityIds: ["c2"] }),
  anActor("committee"),
  anActor("committee", "clerk2", { communityIds: ["c2"] }),
  system,
];

const asked = (request: Request): DomainEvent => ({
  ...{ version: 1, type: "request.submitted", at: noon, communityId: "c1" },
  ...{ requestId: request.id, requestNo: request.no, serviceCode: request.serviceCode },
  actor: { id: "resident", role: "resident", name: "居民" },
  subjects: {
    ...{ residentId: request.residentId, handlerId: null, previousHandlerId: null },
    ...(request.party.filedBy ? { filerId: request.party.filedBy.id } : {}),
  },
  about: { kind: "request", id: request.id, no: request.no },
  data: {
    ...{ title: request.content.title, urgency: request.urgency, files: 0, building: request.content.place.building },
    ...{ status: "queued", ...shownDeadlines(request) },
  },
});

/** What a step is given in this state. */
function inputFor(action: Action, request: Request, now: Date, n: number): Inputs[Action] {
  const cadre = request.communityId === "c2" ? "there" : n % 2 ? "other" : "handler";
  const next = nextEscalation(request.clocks.escalations, request.clocks.firstContactAt !== null);
  const outcomes = ["solved", "partly", "unsolved", "unsolved"] as const;
  const given: Partial<{ [A in Action]: Inputs[A] }> = {
    assign: { cadreId: cadre, cadreName: cadre },
    offer: { cadreId: cadre, cadreName: cadre, kind: "duty", expiresAt: minutesLater(5, now), why: {} },
    "ask-transfer": { ...inputs["ask-transfer"], to: request.communityId === "c1" ? "c2" : "c1" },
    "ask-extension": {
      until: minutesLater(60 + n, request.clocks.resolveBy > now ? request.clocks.resolveBy : now),
      reason: "等",
    },
    "ask-suspension": { until: minutesLater(60 + n, now), reason: "等" },
    "ask-organization": { taskId: `t${request.version}`, organization: `单位${n % 3}`, text: "请换楼道灯", hours: 8 },
    "end-task": {
      ...{ taskId: request.handling.openTasks[0] ?? "", organization: `单位${n % 3}` },
      taskState: n % 2 ? "done" : "refused",
    },
    rate: {
      outcome: outcomes[n % 4]!,
      scores: { response: 1 + (n % 5), attitude: 5, result: 1 + (n % 3) },
      tags: n % 2 ? ["态度好", "快"] : [],
      comment: n % 3 ? "谢谢" : "",
    },
    "call-back": { answer: (["satisfied", "unsatisfied", "unreached"] as const)[n % 3]!, text: "已回访" },
    consent: { agreed: n % 2 === 0, mayRate: n % 4 === 0, how: "call" },
    remind: { clock: next?.clock ?? "respond", stage: next?.stage ?? "half" },
  };
  given["mark-overdue"] = given.remind!;
  given.supervise = given.remind!;
  return given[action] ?? inputs[action];
}

/** What each escalation is taken by. */
const climbs: Readonly<Record<string, string>> = {
  half: "remind",
  most: "remind",
  overdue: "mark-overdue",
  supervised: "supervise",
};

/** Taken more seldom, so that lives are long. */
const ends = new Set<Action>(["withdraw", "reject"]);

/**
 * Primes above the number of options: each goes over all of them, in an order of its own, so that none always comes
 * after another.
 */
const strides = [401, 503, 601, 701, 809];

/** One random life: each number picks a step that somebody may take now. */
function live(moves: readonly { pick: number; minutes: number }[], family: boolean) {
  const filing = clocksFrom(noon, termsIn("c1").service, termsIn("c1").office);
  let request = aRequest({
    ...{ version: 1, clocks: { ...filing, dueAt: filing.escalations[0]!.at } },
    ...(family ? filedByFamily() : {}),
  });
  const steps: OwnStep[] = [stepOfEvent(asked(request))];
  let now = noon;
  for (const { pick, minutes } of moves) {
    now = minutesLater(minutes, now);
    const own = transitions.filter(
      ({ stores, from, action }) =>
        stores === "request" && from.includes(request.status) && (pick % 6 === 0 || !ends.has(action)),
    );
    const options = own.flatMap(({ action }) => actors.map((actor) => ({ action, actor })));
    const stride = strides[pick % strides.length]!;
    for (let n = 0; n < options.length; n++) {
      const { action, actor } = options[(pick + n * stride) % options.length]!;
      const stage = nextEscalation(request.clocks.escalations, request.clocks.firstContactAt !== null)?.stage ?? "";
      if (Object.values(climbs).includes(action) && climbs[stage] !== action) continue;
      try {
        const context = { actor, now, unitHead: null, ...termsIn(request.communityId) };
        const { set, event, mirror } = decide(request, action, inputFor(action, request, now, pick + n), context);
        request = withChanges(request, set, { version: (mirror ?? event).version });
        steps.push(stepOfEvent(event), ...(mirror ? [stepOfEvent(mirror)] : []));
        break;
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
      }
    }
  }
  return { request, steps };
}

/** What rows had from the first on: neither where the request stands nor until when. */
function withoutState(data: OwnStep["data"]): OwnStep["data"] {
  const { status: _status, respondBy: _respondBy, resolveBy: _resolveBy, ...rest } = data ?? {};
  return rest;
}

const lives = fc.record({
  moves: fc.array(fc.record({ pick: fc.nat(10_000), minutes: fc.oneof(fc.nat(4), fc.nat(900)) }), {
    minLength: 1,
    maxLength: 60,
    size: "max",
  }),
  family: fc.boolean(),
});

describe("a random history of a request", { timeout: 60_000 }, () => {
  it("is replayed to the stored state, in whatever order its rows come", () => {
    fc.assert(
      fc.property(lives, ({ moves, family }) => {
        const { request, steps } = live(moves, family);
        const replayed = replayRequest(steps.toReversed(), request);
        expect(differences(stateOfRequest(request), replayed)).toEqual([]);
        // Nothing was passed over: of whole rows everything is known.
        expect(Object.values(replayed)).not.toContain(undefined);
      }),
      { numRuns: 500 },
    );
  });

  it("covers every step and every status, in five hundred histories of one fixed seed", () => {
    const steps = fc.sample(lives, { seed: 1, numRuns: 500 }).flatMap(({ moves, family }) => live(moves, family).steps);
    const types = new Set(steps.map(({ type }) => type));
    const own = transitions.filter(({ stores }) => stores === "request").map(({ event }) => event);
    expect(own.filter((event) => !types.has(event))).toEqual([]);
    const reached = new Set(
      steps.flatMap(({ data }) => (typeof data?.["status"] === "string" ? [data["status"]] : [])),
    );
    expect([...reached].toSorted()).toEqual(statuses.toSorted());
  });

  it("shows no difference when rows of the log are erased, or older than a field", () => {
    fc.assert(
      fc.property(
        lives,
        fc.array(fc.constantFrom("whole", "whole", "erased", "old"), { minLength: 130, maxLength: 130 }),
        ({ moves, family }, kinds) => {
          const { request, steps } = live(moves, family);
          const left = steps.map((step, n) => {
            if (kinds[n] === "erased") return step.actorId === system.userId ? step : { ...step, data: null };
            return kinds[n] === "old" ? { ...step, data: withoutState(step.data) } : step;
          });
          const replayed = replayRequest(left, request);
          expect(differences(stateOfRequest(request), replayed)).toEqual([]);
          // Where it stands and who has it, rows without words still say.
          for (const field of ["status", "handlerId", "communityId", "closedAt", "reworkCount"] as const)
            expect(replayed[field]).not.toBeUndefined();
        },
      ),
      { numRuns: 300 },
    );
  });

  it("has deadlines by each community's working hours, also after a transfer", () => {
    let transferred = 0;
    fc.assert(
      fc.property(lives, ({ moves, family }) => {
        const { request, steps } = live(moves, family);
        if (request.transfer.formerCommunityIds.length) transferred++;
        const { respondBy, resolveBy } = request.clocks;
        expect(replayDeadlines(steps.toReversed(), termsIn)).toEqual({ respondBy, resolveBy });
      }),
      { numRuns: 300 },
    );
    expect(transferred).toBeGreaterThan(20);
  });
});

describe("a change of the document without a step", () => {
  const { request, steps } = live([], false);
  const unlike = (change: RequestChange): string[] => {
    const changed = withChanges(request, change);
    return differences(stateOfRequest(changed), replayRequest(steps, changed)).map(({ field }) => field);
  };

  it.each<[string, RequestChange, string[]]>([
    ["nothing", {}, []],
    ["a rating out of nowhere", { outcome: { rating: { ...inputs.rate, at: noon } } }, ["rating.outcome", "rating.scores", "rating.at", "rating.tags", "rating.comment"]],
    ["the ladder taken away", { clocks: { escalations: [], dueAt: null } }, ["overdueAt"]],
    ["an escalation put off", { clocks: { escalations: request.clocks.escalations.map((one) => ({ ...one, at: minutesLater(99_999) })) } }, ["overdueAt", "dueAt"]],
    ["nothing due any more", { clocks: { dueAt: null } }, ["dueAt"]],
    ["another community", { communityId: "c2" }, ["communityId"]],
    ["another community that may look", { transfer: { askedCommunityIds: ["c2"] } }, ["askedCommunityIds"]],
    ["a family member", filedByFamily({ state: "given" }), ["filerId", "consent.state", "consent.mayRate"]],
  ])("%s", (_what, change, fields) => expect(unlike(change)).toEqual(fields)); // prettier-ignore
});
