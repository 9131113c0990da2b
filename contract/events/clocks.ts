import { z } from "zod";
import { Instant } from "../common.ts";
import { defineEvent } from "./define.ts";
import { progressFields, rung, step } from "./fields.ts";
import { stepOfRequest } from "./stale.ts";

/** Events of a request's clocks: extension, suspension and escalation. */
export const clockEvents = {
  "request.extension_asked": defineEvent({
    label: "申请延期",
    about: "request",
    data: step({ until: Instant, reason: z.string() }),
    audience: { resident: [...progressFields, "until", "reason"], family: ["status", "until"] },
    notice: { offices: ["committee"], office: "{who}就诉求 {no} 申请延期，请审批。" },
    landing: "request",
    stale: stepOfRequest,
  }),
  "request.extended": defineEvent({
    label: "同意延期",
    about: "request",
    data: step({ until: Instant, from: Instant }),
    audience: { resident: [...progressFields, "until", "from"], family: ["status", "until"] },
    notice: { to: ["resident", "handler", "filer"], text: "{who}同意诉求 {no} 延期，新的时限见详情。" },
    landing: "request",
    stale: stepOfRequest,
  }),
  "request.extension_refused": defineEvent({
    label: "不同意延期",
    about: "request",
    data: step({ reason: z.string() }),
    audience: { resident: [...progressFields, "reason"], family: ["status"] },
    notice: { to: ["handler"], text: "{who}没有同意诉求 {no} 延期，请按原时限办理，原因见详情。" },
    landing: "request",
    stale: stepOfRequest,
  }),
  "request.suspension_asked": defineEvent({
    label: "申请挂账",
    about: "request",
    data: step({ until: Instant, reason: z.string() }),
    audience: { resident: [...progressFields, "until", "reason"], family: ["status", "until"] },
    notice: { offices: ["committee"], office: "{who}就诉求 {no} 申请挂账，请审批。" },
    landing: "request",
    stale: stepOfRequest,
  }),
  "request.suspended": defineEvent({
    label: "同意挂账",
    about: "request",
    data: step({ until: Instant }),
    audience: { resident: [...progressFields, "until"], family: ["status", "until"], follower: ["status", "until"] },
    notice: {
      to: ["resident", "handler", "filer", "followers"],
      text: "{who}同意诉求 {no} 暂时挂账，到期会接着办，时间和原因见详情。",
      follower: "您跟进的诉求 {no} 一时办不了，居委会同意先挂账。",
    },
    landing: "request",
    stale: stepOfRequest,
  }),
  "request.suspension_refused": defineEvent({
    label: "不同意挂账",
    about: "request",
    data: step({ reason: z.string() }),
    audience: { resident: [...progressFields, "reason"], family: ["status"] },
    notice: { to: ["handler"], text: "{who}没有同意诉求 {no} 挂账，请继续办理，原因见详情。" },
    landing: "request",
    stale: stepOfRequest,
  }),
  "request.resumed": defineEvent({
    label: "恢复办理",
    about: "request",
    data: step({}),
    audience: { resident: progressFields, family: ["status"], follower: ["status"] },
    notice: {
      to: ["resident", "handler", "filer", "followers"],
      text: "诉求 {no} 恢复办理，时限继续计算。",
      follower: "您跟进的诉求 {no} 恢复办理。",
    },
    landing: "request",
    stale: stepOfRequest,
  }),
  "request.reminded": defineEvent({
    label: "催办",
    about: "request",
    data: step({ ...rung, handlerName: z.string().nullable() }),
    audience: { resident: [...progressFields, "clock", "rung", "dueAt", "handlerName"], family: ["status"] },
    notice: { to: ["handler"], text: "诉求 {no} 的时限快到了，请抓紧办理。" },
    landing: "request",
    messages: [{ to: "handler", channel: "wechat", purpose: "due", waits: true }],
    stale: stepOfRequest,
  }),
  "request.overdue": defineEvent({
    label: "超时",
    about: "request",
    data: step({ ...rung, handlerName: z.string().nullable() }),
    audience: { resident: [...progressFields, "clock", "rung", "dueAt", "handlerName"], family: ["status"] },
    notice: {
      to: ["handler"],
      offices: ["committee"],
      text: "诉求 {no} 已超过时限，请马上处理并联系居民。",
      office: "诉求 {no} 已超过时限，请过问。",
    },
    landing: "request",
    messages: [
      { to: "handler", channel: "wechat", purpose: "due", waits: true },
      { to: "handler", channel: "sms", purpose: "due", waits: false, urgentOnly: true },
      { to: "group", channel: "wecom", purpose: "due", waits: true },
    ],
    stale: stepOfRequest,
  }),
  "request.supervised": defineEvent({
    label: "督办",
    about: "request",
    data: step({ ...rung, handlerName: z.string().nullable() }),
    audience: { resident: [...progressFields, "clock", "rung", "dueAt", "handlerName"], family: ["status"] },
    notice: {
      to: ["handler"],
      offices: ["committee", "supervisor"],
      text: "诉求 {no} 严重超时，已由街镇督办，请马上处理。",
      office: "诉求 {no} 严重超时，已列入督办。",
    },
    landing: "request",
    messages: [
      { to: "handler", channel: "wechat", purpose: "due", waits: true },
      { to: "handler", channel: "sms", purpose: "due", waits: false, urgentOnly: true },
      { to: "group", channel: "wecom", purpose: "due", waits: true },
    ],
    stale: stepOfRequest,
  }),
};
