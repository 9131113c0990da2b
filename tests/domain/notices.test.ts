import { describe, expect, it } from "vitest";
import { noticeRecipients } from "../../server/log/recipients.ts";

const resident = "resident";
const handler = "handler";
const previous = "previous";
const event = (type: string, actor: string, before: string | null = null) => ({
  type,
  actor: { id: actor, role: "cadre", name: "" },
  subjects: { residentId: resident, handlerId: handler, previousHandlerId: before },
});

describe("recipients of notices", () => {
  it.each([
    ["a claim", event("request.claimed", handler), [resident]],
    [
      "a request given from one cadre to another",
      event("request.assigned", "clerk", previous),
      [resident, handler, previous],
    ],
    ["a message of the resident", event("request.message_sent", resident), [handler]],
    ["a message of the handler", event("request.message_sent", handler), [resident]],
    ["an answer", event("request.answered", resident), [handler]],
    ["a withdrawal", event("request.withdrawn", resident), [handler]],
    ["a rating: nobody, since its handler must not see it", event("request.rated", resident, handler), []],
    ["an event that concerns nobody else", event("duty.started", handler), []],
  ])("%s", (_what, given, told) => {
    expect(noticeRecipients(given)).toEqual(told);
  });

  it("names nobody twice", () => {
    expect(noticeRecipients(event("request.assigned", "clerk", handler))).toEqual([resident, handler]);
  });
});
