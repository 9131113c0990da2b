import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Candidate,
  alreadyOffered,
  chooseCandidate,
  mayCallBackup,
  offerEnd,
  restAfterRound,
} from "../../server/core/domain/requests/dispatch.ts";
import { queueKey } from "../../server/core/domain/requests/queue-order.ts";
import { aRequest, aService, minutesLater, noon } from "../support/domain.ts";

const cadre = (id: string, over: Partial<Candidate> = {}): Candidate => ({
  id,
  ids: [id],
  name: id,
  positions: ["civil"],
  until: minutesLater(60),
  open: 0,
  idleSince: noon,
  ...over,
});
const service = aService({ positions: ["civil"] });
const chosen = (candidates: Candidate[], over = {}) => {
  const choice = chooseCandidate(aRequest(over), service, candidates);
  return choice && `${choice.candidate.id} ${choice.why}`;
};

describe("whom a request is offered to", () => {
  it.each<[string, Candidate[], object, string | null]>([
    ["who covers the position", [cadre("a", { positions: ["care"] }), cadre("b", { open: 9 })], {}, "b covers"],
    ["of those who has the fewest open", [cadre("a", { open: 2 }), cadre("b", { open: 1 })], {}, "b covers"],
    ["of those who is idle longest", [cadre("a"), cadre("b", { idleSince: minutesLater(-9) })], {}, "b covers"],
    ["who was not asked before", [cadre("a"), cadre("b", { open: 5 })], { dispatch: { offeredTo: ["a"] } }, "b covers"],
    ["who is alone on duty, for any position", [cadre("a", { positions: ["care"] })], {}, "a alone"],
    [
      "anybody when nobody on duty covers it",
      [cadre("a", { positions: ["care"], open: 1 }), cadre("b", { positions: [] })],
      {},
      "b nobody-covers",
    ],
    ["not its own resident", [cadre("a", { ids: ["a", "resident"] })], {}, null],
    ["nobody when all were asked", [cadre("a")], { dispatch: { offeredTo: ["a"] } }, null],
    ["nobody when nobody is there", [], {}, null],
  ])("is %s", (_who, candidates, over, expected) => {
    expect(chosen(candidates, over)).toBe(expected);
  });

  it("spreads many requests evenly: loads of cadres who cover the position differ by at most one", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 0, max: 64 }), (cadres, requests) => {
        const all = Array.from({ length: cadres }, (_, n) => cadre(String(n)));
        for (let n = 0; n < requests; n++) chooseCandidate(aRequest(), service, all)!.candidate.open++;
        const open = all.map((one) => one.open);
        expect(Math.max(...open) - Math.min(...open)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it("is each cadre once in a round, then nobody", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ minLength: 1 }), { maxLength: 8 }), (ids) => {
        const tried: string[] = [];
        for (
          let next = chooseCandidate(
            aRequest(),
            service,
            ids.map((id) => cadre(id)),
          );
          next;
        ) {
          tried.push(next.candidate.id);
          next = chooseCandidate(
            aRequest({ dispatch: { offeredTo: tried } }),
            service,
            ids.map((id) => cadre(id)),
          );
        }
        expect(tried.toSorted()).toEqual([...ids].toSorted());
      }),
    );
  });

  it("is the backup twice for an urgent request, and once in the first round for others", () => {
    const calls = (urgency: "urgent" | "normal", tried: string[], committeeCalled = false) =>
      mayCallBackup({ urgency, dispatch: { offeredTo: tried, committeeNotified: committeeCalled } }, "b");
    expect([calls("urgent", []), calls("urgent", ["a", "b"]), calls("urgent", ["b", "b"])]).toEqual([
      true,
      true,
      false,
    ]);
    expect([calls("normal", ["a"]), calls("normal", ["b"]), calls("normal", [], true)]).toEqual([true, false, false]);
    expect(calls("urgent", [], true)).toBe(true);
  });

  it("is everybody again after a rest, and until then only new cadres", () => {
    const { nextOfferRoundAt, dueAt } = restAfterRound(noon);
    expect(nextOfferRoundAt).toEqual(minutesLater(10));
    expect(dueAt).toEqual(nextOfferRoundAt);
    expect(alreadyOffered({ offeredTo: ["a"], nextOfferRoundAt }, minutesLater(9))).toEqual(["a"]);
    expect(alreadyOffered({ offeredTo: ["a"], nextOfferRoundAt }, minutesLater(10))).toEqual([]);
    expect(alreadyOffered({ offeredTo: ["a"], nextOfferRoundAt: null }, minutesLater(10))).toEqual(["a"]);
  });

  it("has five minutes or the community's setting, and at most two for an urgent request", () => {
    expect(offerEnd(noon, "normal")).toEqual(minutesLater(5));
    expect(offerEnd(noon, "normal", 10)).toEqual(minutesLater(10));
    expect(offerEnd(noon, "urgent", 10)).toEqual(minutesLater(2));
    expect(offerEnd(noon, "urgent", 1)).toEqual(minutesLater(1));
  });
});

describe("the order of the queue", () => {
  const arrivals = fc.array(
    fc.record({
      minute: fc.integer({ min: 0, max: 20_000 }),
      urgency: fc.constantFrom("normal" as const, "urgent" as const),
      respondMinutes: fc.constantFrom(20, 30, 60, 120, 1_440),
    }),
    { minLength: 1, maxLength: 60 },
  );

  it("starves no request: one that is submitted later than another's allowance is served later", () => {
    fc.assert(
      fc.property(arrivals, (requests) => {
        const keyed = requests.map((request) => ({
          ...request,
          key: queueKey(minutesLater(request.minute), request.urgency, request),
        }));
        const served = keyed.toSorted((a, b) => a.key - b.key);
        for (const [place, one] of served.entries()) {
          // Only what came within its allowance (of what is urgent, a week more) may stand before it, however long
          // the rush goes on.
          for (const before of served.slice(0, place)) {
            const ahead = before.urgency === "urgent" && one.urgency === "normal" ? 7 * 1_440 : 0;
            expect(before.minute).toBeLessThanOrEqual(one.minute + one.respondMinutes + ahead);
          }
        }
      }),
    );
  });

  it("puts an urgent request before the same one that is not", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), (respondMinutes) => {
        const place = (urgency: "urgent" | "normal") => queueKey(noon, urgency, { respondMinutes });
        expect(place("urgent")).toBeLessThan(place("normal"));
      }),
    );
  });
});
