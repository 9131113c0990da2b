import { z } from "zod";
import { CommunityId, Instant } from "../common.ts";
import { Status } from "../request.ts";
import { defineEvent } from "./define.ts";
import { progressFields, step } from "./fields.ts";
import { ofRequest, stepOfRequest } from "./stale.ts";

/** The fields for the log of the community that is asked to take the request over. */
const offer = { from: CommunityId, fromName: z.string(), reason: z.string() };
const offered = z.strictObject(offer);
const arrived = z.strictObject({
  ...offer,
  status: Status,
  respondBy: Instant.nullable(),
  resolveBy: Instant.nullable(),
});

/**
 * Events of transfers. `request.*` are steps of the request; `transfer.*` are their mirror events in the other
 * community's log.
 */
export const transferEvents = {
  "request.transfer_asked": defineEvent({
    label: "申请转办",
    about: "request",
    data: step({ to: CommunityId, toName: z.string(), reason: z.string() }),
    audience: { resident: [...progressFields, "to", "toName", "reason"], family: ["status", "toName"] },
    stale: stepOfRequest,
  }),
  "request.transfer_recalled": defineEvent({
    label: "撤回转办",
    about: "request",
    data: step({ to: CommunityId, toName: z.string() }),
    audience: { resident: [...progressFields, "to", "toName"], family: ["status", "toName"] },
    stale: stepOfRequest,
  }),
  "request.transferred": defineEvent({
    label: "转出",
    about: "request",
    data: step({ to: CommunityId, toName: z.string() }),
    audience: {
      resident: [...progressFields, "to", "toName"],
      family: ["status", "toName"],
      follower: ["status", "toName"],
    },
    notice: {
      to: ["resident", "previousHandler", "filer", "followers"],
      offices: ["committee"],
      text: "诉求 {no} 转由另一个社区接着办，编号和时限都不变，办理社区见详情。",
      filer: "您代办的诉求 {no} 转由另一个社区接着办，编号和时限都不变。",
      follower: "您跟进的诉求 {no} 转由另一个社区接着办。",
      office: "转办的诉求 {no} 对方社区已接办。",
    },
    landing: "request",
    stale: stepOfRequest,
  }),
  "request.transfer_refused": defineEvent({
    label: "对方未接办",
    about: "request",
    data: step({ to: CommunityId, toName: z.string(), reason: z.string() }),
    audience: { resident: [...progressFields, "to", "toName", "reason"], family: ["status", "toName"] },
    notice: {
      to: ["handler"],
      offices: ["committee"],
      text: "对方社区没有接办诉求 {no}，请接着办，原因见详情。",
      office: "转办的诉求 {no} 对方社区没有接办，原因见详情。",
    },
    landing: "request",
    stale: stepOfRequest,
  }),
  "transfer.offered": defineEvent({
    label: "收到转办",
    about: "request",
    data: offered,
    audience: { resident: ["from", "fromName", "reason"] },
    notice: { offices: ["committee"], office: "有社区请我们接办诉求 {no}，请同意或说明原因。" },
    landing: "request",
    stale: ofRequest,
  }),
  "transfer.recalled": defineEvent({
    label: "转办撤回",
    about: "request",
    data: offered,
    audience: { resident: ["from", "fromName", "reason"] },
    notice: { offices: ["committee"], office: "请我们接办的诉求 {no}，对方撤回了。" },
    landing: "request",
    stale: ofRequest,
  }),
  "transfer.arrived": defineEvent({
    label: "接办转入",
    about: "request",
    data: arrived,
    audience: { resident: [...progressFields, "from", "fromName", "reason"] },
    messages: [
      { to: "group", channel: "wecom", purpose: "filed", waits: true },
      { to: "onDuty", channel: "sms", purpose: "filed", waits: false, urgentOnly: true },
    ],
    stale: ofRequest,
  }),
  "transfer.declined": defineEvent({
    label: "未接办",
    about: "request",
    data: offered,
    audience: { resident: ["from", "fromName", "reason"] },
    stale: ofRequest,
  }),
  "transfer.lapsed": defineEvent({
    label: "转办失效",
    about: "request",
    data: offered,
    audience: { resident: ["from", "fromName", "reason"] },
    notice: { offices: ["committee"], office: "请我们接办的诉求 {no}，对方已自己处理，不用接办了。" },
    landing: "request",
    stale: ofRequest,
  }),
};
