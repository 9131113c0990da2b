import { describe, expect, it } from "vitest";
import { declarations } from "../../contract/events.ts";
import { afterQuietHours, messagesOf, isStillRelevant } from "../../server/core/domain/notify/messages.ts";
import { aRequest, heldRequest, minutesLater, noon } from "../support/domain.ts";

const shanghai = (time: string): Date => new Date(`2026-03-04T${time}:00+08:00`);

describe("quiet hours", () => {
  it.each([
    ["21:59", "2026-03-04T21:59"],
    ["22:00", "2026-03-05T07:00"],
    ["23:30", "2026-03-05T07:00"],
    ["00:00", "2026-03-04T07:00"],
    ["06:59", "2026-03-04T07:00"],
    ["07:00", "2026-03-04T07:00"],
  ])("what can wait at %s goes out at %s", (now, out) => {
    expect(afterQuietHours(shanghai(now))).toEqual(new Date(`${out}:00+08:00`));
  });
});

describe("who gets which message", () => {
  const event = (type: string, actor: string, { kind, ...over }: { kind?: string; [key: string]: unknown } = {}) => ({
    data: { kind },
    type,
    actor: { id: actor, role: "cadre", name: "" },
    subjects: { residentId: "resident", handlerId: "handler", previousHandlerId: null, ...over },
  });
  const plan = (type: string, actor: string, urgency: "normal" | "urgent" = "normal", now = noon, over = {}) =>
    messagesOf({
      rows: declarations[type]?.messages ?? [],
      id: "e:1",
      event: event(type, actor, over),
      urgency,
      onDuty: ["d1", "d2"],
      committee: ["clerk"],
      now,
    }).map(({ id, notBefore }) => `${id}${notBefore > now ? " later" : ""}`);
  const night = shanghai("23:00");

  it.each([
    ["filed: the group", plan("request.submitted", "resident"), ["e:1:group:wecom"]],
    ["filed at night: the group in the morning", plan("request.submitted", "resident", "normal", night), ["e:1:group:wecom later"]],
    ["filed, urgent, at night: the group and those on duty at once", plan("request.submitted", "d2", "urgent", night), ["e:1:group:wecom", "e:1:d1:sms"]],
    ["claimed: the resident", plan("request.claimed", "handler"), ["e:1:resident:wechat"]],
    ["claimed, filed by the family: both", plan("request.claimed", "handler", "normal", noon, { filerId: "child" }), ["e:1:resident:wechat", "e:1:child:wechat"]],
    ["assigned at night: the handler at once, the resident in the morning", plan("request.assigned", "clerk", "normal", night), ["e:1:resident:wechat later", "e:1:handler:wechat"]],
    ["assigned, urgent: the handler by text message, too", plan("request.assigned", "clerk", "urgent", night), ["e:1:resident:wechat", "e:1:handler:wechat", "e:1:handler:sms"]],
    ["assigned to oneself: only the resident", plan("request.assigned", "handler"), ["e:1:resident:wechat"]],
    ["offered to somebody on duty: that cadre", plan("request.offered", "system", "urgent", noon, { cadreIds: ["d1"], kind: "duty", handlerId: null }), ["e:1:d1:wechat"]],
    ["offered to whoever is on call, not urgent, at night: no text message", plan("request.offered", "system", "normal", night, { cadreIds: ["b"], kind: "backup", handlerId: null }), ["e:1:b:wechat"]],
    ["offered to whoever is on call, urgent, at night: by every way, at once", plan("request.offered", "system", "urgent", night, { cadreIds: ["b"], kind: "backup", handlerId: null }), ["e:1:b:wechat", "e:1:b:sms", "e:1:group:wecom"]],
    ["taken by nobody: the committee's inbox is enough", plan("request.untaken", "system"), []],
    ["taken by nobody, urgent: the committee by text message", plan("request.untaken", "system", "urgent", night), ["e:1:clerk:sms"]],
    ["handed over: the colleague, in the morning", plan("request.handed_over", "before", "normal", night), ["e:1:handler:wechat later"]],
    ["handed over to oneself: nobody", plan("request.handed_over", "handler"), []],
    ["given back: the group", plan("request.released", "handler"), ["e:1:group:wecom"]],
    ["overdue: its handler and the group", plan("request.overdue", "system"), ["e:1:handler:wechat", "e:1:group:wecom"]],
    ["overdue, held by nobody: the group", plan("request.overdue", "system", "normal", noon, { handlerId: null }), ["e:1:group:wecom"]],
    ["supervised, urgent: its handler by text message, too", plan("request.supervised", "system", "urgent", night), ["e:1:handler:wechat", "e:1:handler:sms", "e:1:group:wecom"]],
    ["rated: nobody", plan("request.rated", "resident"), []],
  ])("%s", (_what, planned, expected) => {
    expect(planned).toEqual(expected);
  }); // prettier-ignore

  it("a resident who is also the handler gets one message", () => {
    expect(plan("request.assigned", "clerk", "normal", noon, { residentId: "handler" })).toEqual([
      "e:1:handler:wechat",
    ]);
  });
});

describe("a message that waited for the morning", () => {
  it.each([
    ["that it was filed, when it waits still", "filed", aRequest(), true],
    ["that it was filed, when somebody has it", "filed", heldRequest(), false],
    ["that it was claimed, when it was", "accepted", heldRequest(), true],
    ["that it was claimed, when it was given back", "accepted", aRequest(), false],
    ["that I am called, while I am", "offered", aRequest({ dispatch: { offer: { cadreId: "handler", cadreName: "", kind: "backup", at: noon, expiresAt: minutesLater(2) } } }), true],
    ["that I am called, when it has gone on to another", "offered", aRequest({ dispatch: { offer: { cadreId: "other", cadreName: "", kind: "duty", at: noon, expiresAt: minutesLater(2) } } }), false],
    ["that it is late, when it is mine and is", "due", heldRequest({ clocks: { escalation: { level: "overdue", clock: "resolve", at: noon } } }), true],
    ["that it is late, when it has more time now", "due", heldRequest(), false],
    ["that nobody takes it, when somebody has it", "untaken", heldRequest(), false],
    ["that it is mine, when it is another's", "assigned", heldRequest({ handlerId: "another" }), false],
    ["that there is a question, when it was answered", "question", heldRequest(), false],
    ["that it is done, when it is", "resolved", heldRequest({ clocks: { resolvedAt: minutesLater(5) } }), true],
    ["that it is done, when it was rated and closed", "resolved", heldRequest({ clocks: { resolvedAt: noon, closedAt: noon } }), false],
  ] as const)("%s", (_what, purpose, request, goes) => {
    expect(isStillRelevant({ purpose, userId: "handler" }, request)).toBe(goes);
  }); // prettier-ignore
});
