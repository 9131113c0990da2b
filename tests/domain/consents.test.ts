import { describe, expect, it } from "vitest";
import {
  type HeardAnswer,
  type ConsentLedger,
  applyAnswer,
  emptyConsentLedger,
  openConsentCount,
  reserve,
  settle,
} from "../../server/core/domain/notify/consents.ts";
import { minutesLater, noon } from "../support/domain.ts";

const said = (id: string, over: Partial<HeardAnswer> = {}): HeardAnswer => ({
  id,
  by: "app",
  answer: "accept",
  at: noon,
  ...over,
});
const heardAll = (...all: HeardAnswer[]): ConsentLedger =>
  all.reduce((ledger, heard) => applyAnswer(ledger, heard) ?? ledger, emptyConsentLedger("u", "t"));

describe("consents", () => {
  it.each<[string, HeardAnswer[], number]>([
    ["each yes is one message", [said("a"), said("b")], 2],
    ["the same tap told again is none", [said("a"), said("a")], 1],
    ["the app and WeChat tell of one tap", [said("a"), said("p", { by: "push", at: minutesLater(1) })], 1],
    ["in whatever order, however often", [said("p", { by: "push" }), said("a"), said("p", { by: "push" }), said("a")], 1],
    ["two taps, told by both", [said("a"), said("b"), said("p", { by: "push" }), said("q", { by: "push" })], 2],
    ["WeChat's word long after is another tap", [said("a"), said("p", { by: "push", at: minutesLater(3) })], 2],
    ["no is none", [said("a", { answer: "reject" }), said("b", { answer: "filter" })], 0],
    ["no takes nothing of what was given", [said("a"), said("b", { answer: "reject" })], 1],
    ["turned off takes all", [said("a"), said("b"), said("c", { answer: "ban" })], 0],
    ["turned off in the settings too", [said("a"), said("c", { answer: "withdraw", by: "push" })], 0],
  ])("%s", (_what, heard, open) => {
    expect(openConsentCount(heardAll(...heard))).toBe(open);
  }); // prettier-ignore

  it("a message reserves exactly one consent", () => {
    const ledger = heardAll(said("a"), said("b"));
    const first = reserve(ledger, "m1");
    expect(first && openConsentCount(first)).toBe(1);
    expect(first && reserve(first, "m1")).toBeNull();
    const second = first && reserve(first, "m2");
    expect(second && reserve(second, "m3")).toBeNull();
  });

  it.each<[Parameters<typeof settle>[2], number]>([
    ["sent", 1],
    ["unknown", 1],
    ["failed", 2],
    ["refused", 0],
  ])("after «%s» of two there are %d left, also when it is said twice", (outcome, left) => {
    const reserved = reserve(heardAll(said("a"), said("b")), "m1");
    const settled = reserved && settle(reserved, "m1", outcome);
    expect(settled && openConsentCount(settled)).toBe(left);
    expect(settled && settle(settled, "m1", "failed")).toBeNull();
  });

  it("a ledger drops old spent consents and keeps open ones", () => {
    let ledger = emptyConsentLedger("u", "t");
    for (let n = 0; n < 200; n++) {
      ledger = applyAnswer(ledger, said(`a${n}`, { at: minutesLater(n * 10) })) ?? ledger;
      if (n % 4 === 0) continue;
      ledger = reserve(ledger, `m${n}`) ?? ledger;
      ledger = settle(ledger, `m${n}`, "sent") ?? ledger;
    }
    expect(ledger.consents.length).toBeLessThanOrEqual(60);
    expect(openConsentCount(ledger)).toBeGreaterThanOrEqual(30);
  });
});
