import { z } from "zod";
import { Instant } from "../common.ts";
import { defineEvent } from "./define.ts";
import { count, id, list, progressFields, step } from "./fields.ts";
import { stepOfRequest } from "./stale.ts";

/** Events of finding a cadre for a request. */
export const dispatchEvents = {
  "request.offered": defineEvent({
    label: "自动派单",
    about: "request",
    data: step({
      cadreId: id,
      cadreName: z.string(),
      kind: z.enum(["duty", "backup"]),
      expiresAt: Instant,
      why: z.enum(["covers", "alone", "nobody-covers", "backup"]).optional(),
      covers: list(z.string()).optional(),
      until: Instant.optional(),
      open: count.optional(),
      call: count.optional(),
    }),
    audience: {
      resident: [
        ...progressFields,
        "cadreId",
        "cadreName",
        "kind",
        "expiresAt",
        "why",
        "covers",
        "until",
        "open",
        "call",
      ],
      family: ["status", "cadreName", "until"],
    },
    notice: { to: ["cadres"], text: "诉求 {no} 派给您，请尽快接单；来不及请婉拒，会转给下一位。" },
    landing: "request",
    messages: [
      { to: "offeree", channel: "wechat", purpose: "offered", waits: false },
      { to: "offeree", channel: "sms", purpose: "offered", waits: false, urgentOnly: true, backupOnly: true },
      { to: "group", channel: "wecom", purpose: "offered", waits: false, urgentOnly: true, backupOnly: true },
    ],
    stale: stepOfRequest,
  }),
  "request.declined": defineEvent({
    label: "婉拒",
    about: "request",
    data: step({ reason: z.string() }),
    audience: { resident: [...progressFields, "reason"], family: ["status"] },
    stale: stepOfRequest,
  }),
  "request.offer_expired": defineEvent({
    label: "派单未接",
    about: "request",
    data: step({ cadreId: id, cadreName: z.string() }),
    audience: { resident: [...progressFields, "cadreId", "cadreName"], family: ["status", "cadreName"] },
    stale: stepOfRequest,
  }),
  "request.untaken": defineEvent({
    label: "无人接单",
    about: "request",
    data: step({ tried: count.describe("cadres who were asked in vain") }),
    audience: { resident: [...progressFields, "tried"], family: ["status"] },
    notice: { offices: ["committee"], office: "诉求 {no} 没有人接，请派单。" },
    landing: "request",
    messages: [{ to: "committee", channel: "sms", purpose: "untaken", waits: false, urgentOnly: true }],
    stale: stepOfRequest,
  }),
  "request.requeued": defineEvent({
    label: "交班退回",
    about: "request",
    data: step({ cadreName: z.string().nullable() }),
    audience: {
      resident: [...progressFields, "cadreName"],
      family: ["status", "cadreName"],
      follower: ["status", "cadreName"],
    },
    notice: {
      to: ["resident", "previousHandler", "filer", "followers"],
      text: "上一班干部已下班，诉求 {no} 回到队列，由在岗干部来接。",
      follower: "您跟进的诉求 {no} 换一位干部来办。",
    },
    landing: "request",
    messages: [{ to: "group", channel: "wecom", purpose: "filed", waits: true }],
    stale: stepOfRequest,
  }),
  "request.handed_back": defineEvent({
    label: "离岗退回",
    about: "request",
    data: step({ cadreName: z.string().nullable() }),
    audience: {
      resident: [...progressFields, "cadreName"],
      family: ["status", "cadreName"],
      follower: ["status", "cadreName"],
    },
    notice: {
      to: ["resident", "filer", "followers"],
      text: "原来的干部已不在岗位，诉求 {no} 回到队列，由其他干部接着办。",
      follower: "您跟进的诉求 {no} 换一位干部来办。",
    },
    landing: "request",
    stale: stepOfRequest,
  }),
};
