import { z } from "zod";
import { Instant } from "../common.ts";
import { Outcome, Rating } from "../request.ts";
import { defineEvent } from "./define.ts";
import { count, list, progressFields, step } from "./fields.ts";
import { stepOfRequest } from "./stale.ts";

/**
 * Events of ratings and callbacks. Only the committee and the resident see a single rating. The handler does not see
 * it, and does not learn of the callback, which reveals a bad rating.
 */
export const ratingEvents = {
  "request.rated": defineEvent({
    label: "评价",
    about: "request",
    data: step({
      outcome: Outcome,
      scores: Rating.shape.scores,
      tags: list(z.string()),
      comment: z.string(),
      changed: z.boolean().optional().describe("the second thought of the same rating"),
      callbackBy: Instant.optional(),
      rework: count.optional(),
      unitHead: z.string().optional(),
    }),
    audience: {
      resident: [
        ...progressFields,
        "outcome",
        "scores",
        "tags",
        "comment",
        "changed",
        "callbackBy",
        "rework",
        "unitHead",
      ],
      family: ["status", "rework"],
      follower: ["status", "rework"],
      staff: { read: ["committee"] },
    },
    stale: stepOfRequest,
  }),
  "request.called_back": defineEvent({
    label: "回访",
    about: "request",
    data: step({
      answer: z.enum(["satisfied", "unsatisfied", "unreached"]),
      text: z.string(),
      attempts: count.optional(),
      late: z.boolean().optional(),
    }),
    audience: {
      resident: [...progressFields, "answer", "text", "attempts", "late"],
      family: ["status"],
      staff: { hear: ["committee", "supervisor", "admin"], read: ["committee"] },
    },
    stale: stepOfRequest,
  }),
  "request.callback_late": defineEvent({
    label: "回访超时",
    about: "request",
    data: step({ dueAt: Instant }),
    audience: {
      resident: [...progressFields, "dueAt"],
      family: ["status"],
      staff: { hear: ["committee", "supervisor", "admin"], read: ["committee"] },
    },
    notice: { offices: ["committee"], office: "诉求 {no} 的回访超过一个工作日了，请今天打电话。" },
    landing: "request",
    stale: stepOfRequest,
  }),
  "request.callback_ended": defineEvent({
    label: "免去回访",
    about: "request",
    data: step({}),
    audience: {
      resident: progressFields,
      family: ["status"],
      staff: { hear: ["committee", "supervisor", "admin"], read: ["committee"] },
    },
    stale: stepOfRequest,
  }),
};
