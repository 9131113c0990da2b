import { z } from "zod";
import { Instant } from "../common.ts";
import { defineEvent } from "./define.ts";
import { id, list } from "./fields.ts";
import { record } from "./stale.ts";

const owed = list(z.string()).optional().describe("numbers of requests without a hand-over note");

const duty = [
  ...record,
  "GET /api/communities/:id/duty",
  "GET /api/communities/:id/cadres",
  "GET /api/communities/:id/duty-proof",
  "GET /api/communities/:id/people",
  "GET /api/me",
] as const;

/** Events of duties, and of missing hand-over notes at their end. */
export const dutyEvents = {
  "duty.started": defineEvent({
    label: "上岗",
    about: "user",
    data: z.strictObject({ until: Instant, shiftId: id.optional() }),
    stale: duty,
  }),
  "duty.ended": defineEvent({
    label: "下岗",
    about: "user",
    data: z.strictObject({
      startedAt: Instant,
      cadreName: z.string().nullable().optional(),
      byItself: z.boolean().optional(),
      until: Instant.optional(),
      owed,
    }),
    notice: { to: ["cadres"], text: "您的班到点了，还有诉求没有交班说明，请在一小时内补写。" },
    landing: "hand-over",
    stale: duty,
  }),
  "duty.notes_missing": defineEvent({
    label: "欠交班说明",
    about: "user",
    data: z.strictObject({ cadreName: z.string().nullable(), startedAt: Instant, owed }),
    notice: {
      to: ["cadres"],
      offices: ["committee"],
      text: "您上一班的交班说明还没有写，已报居委会，请尽快补写。",
      office: {
        named: "{named}下班一小时了，还有诉求没有交班说明，请过问。",
        otherwise: "一位干部下班一小时了，还有诉求没有交班说明，请过问。",
      },
    },
    landing: "hand-over",
    stale: duty,
  }),
  "duty.notes_written": defineEvent({
    label: "交班补齐",
    about: "user",
    data: z.strictObject({ cadreName: z.string().nullable(), startedAt: Instant }),
    stale: duty,
  }),
};
