import { withChanges } from "../../server/core/domain/requests/request-change.ts";
import { describe, expect, it } from "vitest";
import { assertMayRead, personalData, seesRating, seesConversation } from "../../server/core/domain/requests/policy.ts";
import { abilities, decide } from "../../server/core/domain/requests/request-lifecycle.ts";
import type { Request } from "../../server/core/domain/requests/request.ts";
import { aService, anActor, filedByFamily, heldRequest, nineToFive, noon } from "../support/domain.ts";

const child = anActor("resident", "child");
const elder = anActor("resident");
const handler = anActor("cadre", "handler");
const asked = heldRequest(filedByFamily());
const given = heldRequest(filedByFamily({ state: "given" }));
const mayRate = heldRequest(filedByFamily({ state: "given", mayRate: true }));
const refused = heldRequest(filedByFamily({ state: "refused" }));
const at = (request: Request, status: Request["status"]): Request => withChanges(request, { status });

describe("what a family member who filed may do", () => {
  it.each<[string, Request, string[]]>([
    ["asked, claimed", asked, ["message", "withdraw"]],
    ["asked, waiting for an answer", at(asked, "waiting"), ["message", "withdraw"]],
    ["asked, resolved", at(asked, "resolved"), ["message"]],
    ["given, waiting for an answer", at(given, "waiting"), ["message", "answer", "withdraw"]],
    ["given, resolved: the rating is the elder's", at(given, "resolved"), ["message"]],
    ["given with the rating, resolved", at(mayRate, "resolved"), ["message", "rate"]],
    ["refused", refused, []],
  ])("consent %s", (_consent, request, steps) => {
    expect(abilities(request, child, noon)).toEqual(steps);
  });

  it("may never give the consent", () => {
    expect(abilities(asked, child, noon)).not.toContain("consent");
    expect(abilities(given, child, noon)).not.toContain("revoke-consent");
  });

  it("acts as a resident, whatever post the person holds", () => {
    const cadre = anActor("cadre", "child");
    const context = { actor: cadre, now: noon, service: aService(), office: nineToFive, unitHead: null };
    expect(decide(asked, "withdraw", { reason: "不用了" }, context).event.actor.role).toBe("resident");
  });
});

describe("what a family member who filed sees", () => {
  it("depends on the elder's consent, for conversation and rating", () => {
    expect([asked, given, mayRate].map((request) => seesConversation(child, request))).toEqual([false, true, true]);
    expect([asked, given, mayRate].map((request) => seesRating(child, request))).toEqual([false, false, true]);
    expect(personalData(child, asked)).toBe("full");
  });

  it("is nothing after the elder has refused consent", () => {
    expect(() => assertMayRead(child, refused)).toThrow("request.unknown");
    expect(personalData(child, refused)).toBe("masked");
  });
});

describe("consent", () => {
  const take = (request: Request, actor = handler, agreed = true) =>
    decide(
      request,
      "consent",
      { agreed, mayRate: true, how: "visit" },
      { actor, now: noon, service: aService(), office: nineToFive, unitHead: null },
    );

  it("is recorded by the handler, or given by the elder", () => {
    expect(abilities(asked, handler, noon)).toContain("consent");
    expect(take(asked).set.party?.filedBy?.consent).toEqual({ state: "given", mayRate: true, how: "visit", at: noon });
    expect(take(asked, elder).set.party?.filedBy?.consent?.how).toBe("app");
  });

  it.each([
    ["another cadre", anActor("cadre", "other")],
    ["the clerk", anActor("committee")],
    ["the family member", child],
  ])("is not %s's", (_who, actor) => {
    expect(() => take(asked, actor)).toThrow("request.not_allowed");
  });

  it("is asked for once, and can be revoked by the elder only", () => {
    expect(() => take(given)).toThrow("request.state_conflict");
    expect(() => take(heldRequest())).toThrow("request.state_conflict");
    const context = { now: noon, service: aService(), office: nineToFive, unitHead: null };
    expect(() => decide(given, "revoke-consent", {}, { ...context, actor: handler })).toThrow("request.not_allowed");
    expect(decide(given, "revoke-consent", {}, { ...context, actor: elder }).set.party?.filedBy?.consent?.state).toBe(
      "refused",
    );
  });

  it("that is refused gives no right to rate, and ends notices to the family member", () => {
    const { set, event } = take(asked, handler, false);
    expect(set.party?.filedBy?.consent).toMatchObject({ state: "refused", mayRate: false });
    expect(event.subjects.filerId).toBeNull();
    expect(take(asked).event.subjects.filerId).toBe("child");
  });
});
