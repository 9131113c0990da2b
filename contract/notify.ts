import { z } from "zod";
import { Id, IdParams, Instant } from "./common.ts";
import type { Operation, OperationKey } from "./operation.ts";

const Template = z.object({
  purpose: z.enum(["accepted", "question", "resolved", "assigned", "filed", "offered", "due", "untaken"]),
  templateId: z.string(),
  left: z.number().int().describe("messages that may still be sent: one consent is one message"),
});
const TemplateList = z.object({ items: z.array(Template) });

/** A message about a request and its delivery state. The recipient is named by role only, without name or address. */
export const Delivery = z
  .object({
    id: z.string(),
    at: Instant.describe("when it was made"),
    type: z.string().describe("the event it tells of"),
    channel: z.enum(["inbox", "wechat", "wecom", "sms"]),
    to: z.enum(["resident", "staff", "group"]),
    state: z.enum(["queued", "reserved", "sent", "read", "refused", "failed", "unknown", "skipped"]),
    reason: z.string().nullable(),
    notBefore: Instant.nullable().describe("queued: not before then"),
    settledAt: Instant.nullable(),
  })
  .meta({ id: "Delivery" });
export type Delivery = z.infer<typeof Delivery>;

export const notifyOperations = {
  "GET /api/notify/templates": {
    summary: "当前身份该请求授权的订阅消息模板",
    tag: "通知",
    access: "user",
    reply: TemplateList,
  },
  "POST /api/notify/consents": {
    summary: "上报 wx.requestSubscribeMessage 的结果；同一次点按（Idempotency-Key）只记一次",
    tag: "通知",
    access: "user",
    body: z.object({
      answers: z
        .array(
          z.object({ templateId: z.string().min(1).max(100), answer: z.enum(["accept", "reject", "ban", "filter"]) }),
        )
        .max(5),
    }),
    reply: TemplateList,
    idempotent: true,
    errors: ["idempotency.key_invalid"],
  },
  "GET /api/requests/:id/deliveries": {
    summary: "这件诉求发出的每条消息与状态（工作人员）",
    tag: "通知",
    access: ["cadre", "committee", "supervisor"],
    params: IdParams.extend({ id: Id }),
    reply: z.object({ items: z.array(Delivery) }),
    errors: ["request.unknown"],
  },
} as const satisfies Record<OperationKey, Operation>;
