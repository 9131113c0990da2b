import { z } from "zod";
import { CommunityId, Id, IdParams, Instant, ServiceCode, page, text } from "../common.ts";
import { defineEvent } from "../events/define.ts";
import { count, id } from "../events/fields.ts";
import { record } from "../events/stale.ts";
import type { ContractModule } from "../module.ts";
import type { Operation, OperationKey } from "../operation.ts";
import { Status } from "../request.ts";

declare module "../events/define.ts" {
  interface AboutRegistry {
    export: unknown;
  }
}

/** An export. It is written in the background and can be downloaded for a day. */
export const Export = z
  .object({
    id: Id,
    communityId: CommunityId,
    kind: z.enum(["requests", "log"]),
    format: z.enum(["csv", "xlsx"]),
    clear: z.boolean().describe("names, phones and homes are not masked in it"),
    state: z.enum(["queued", "running", "done", "failed", "canceled", "expired"]),
    rows: z.number().int().describe("written so far"),
    bytes: z.number().int(),
    askedAt: Instant,
    finishedAt: Instant.nullable(),
    expiresAt: Instant.nullable(),
  })
  .meta({ id: "Export" });
export type Export = z.infer<typeof Export>;

const staff = ["committee", "supervisor", "admin"] as const;

const operations = {
  "POST /api/exports": {
    summary: "导出工单或台账；不遮盖个人信息要写理由，并记入台账",
    tag: "导出",
    budget: "export",
    access: staff,
    body: z.object({
      communityId: CommunityId,
      kind: z.enum(["requests", "log"]),
      format: z.enum(["csv", "xlsx"]),
      serviceCode: ServiceCode.optional(),
      cadreId: Id.optional(),
      status: Status.optional().describe("of requests"),
      open: z.enum(["true", "false"]).optional().describe("of requests: not resolved yet, or over"),
      attention: z.enum(["overdue", "supervised", "time-request", "callback"]).optional().describe("of requests"),
      requestNo: z.string().max(20).optional().describe("of requests"),
      requestId: Id.optional().describe("of log rows"),
      type: z.string().max(60).optional().describe("of log rows"),
      q: z.string().trim().min(1).max(60).optional().describe("of log rows: words that they say"),
      from: Instant.optional(),
      to: Instant.optional(),
      clearFor: text(200).optional().describe("the reason why names, phones and homes are needed in clear"),
    }),
    reply: Export,
    status: 201,
    idempotent: true,
    errors: ["auth.forbidden", "auth.reauthentication_required", "idempotency.key_reused"],
  },
  "GET /api/exports": { summary: "我的导出，新的在前", tag: "导出", access: staff, reply: page(Export) },
  "GET /api/exports/:id": {
    summary: "一份导出做到哪里了",
    tag: "导出",
    access: staff,
    params: IdParams,
    reply: Export,
    errors: ["export.unknown"],
  },
  "POST /api/exports/:id/cancel": {
    summary: "取消导出",
    tag: "导出",
    access: staff,
    params: IdParams,
    reply: Export,
    errors: ["export.unknown"],
  },
  "POST /api/exports/:id/download": {
    summary: "下载导出的文件（一天内有效），每次下载记入台账",
    tag: "导出",
    access: staff,
    params: IdParams,
    reply: "file",
    errors: [
      "export.unknown",
      "export.not_ready",
      "auth.forbidden",
      "auth.reauthentication_required",
      "write.contended",
    ],
  },
} as const satisfies Record<OperationKey, Operation>;

const what = { kind: z.enum(["requests", "log"]), format: z.enum(["csv", "xlsx"]), clear: z.boolean() };
const Filter = z.strictObject({
  serviceCode: ServiceCode.optional(),
  cadreId: id.optional(),
  status: Status.optional(),
  open: z.boolean().optional(),
  late: z.enum(["overdue", "supervised", "plea", "callback"]).optional(),
  requestNo: z.string().optional(),
  requestId: id.optional(),
  type: z.string().optional(),
  q: z.string().optional(),
  from: Instant.optional(),
  to: Instant.optional(),
});

/** Events of exports. The request for an export and its reason are logged before data are read. */
const events = {
  "export.asked": defineEvent({
    label: "导出",
    about: "export",
    data: z.strictObject({ ...what, filter: Filter, reason: z.string().nullable().describe("why in clear") }),
    stale: record,
  }),
  "export.fetched": defineEvent({
    label: "下载导出",
    about: "export",
    data: z.strictObject({ ...what, rows: count }),
    stale: record,
  }),
};

export const exports = { name: "exports", operations, events, ownData: {} } as const satisfies ContractModule;
