import { z } from "zod";
import { CommunityId, Day, FileRef, Id, IdParams, Instant, PageQuery, Role, ServiceCode, page } from "./common.ts";
import type { Operation, OperationKey } from "./operation.ts";
import { EventActor } from "./request.ts";

/**
 * A row of the service log (服务台账). `pos` counts 1, 2, 3 … without gaps in each community. It is null for
 * readers who do not see every row, since a gap would tell them of a hidden one.
 */
export const LogEntry = z
  .object({
    id: z.string(),
    pos: z.number().int().nullable(),
    at: Instant,
    type: z.string(),
    communityId: CommunityId,
    requestId: Id.nullable(),
    requestNo: z.string().nullable(),
    serviceCode: ServiceCode.nullable(),
    actor: EventActor,
    data: z.record(z.string(), z.unknown()),
    seal: z.string(),
    found: z.array(z.string()).optional().describe("the words of `q` that it says, to be marked"),
  })
  .meta({ id: "LogEntry" });
export type LogEntry = z.infer<typeof LogEntry>;

export const Notice = z
  .object({
    id: z.string(),
    at: Instant,
    type: z.string(),
    requestId: Id.nullable(),
    requestNo: z.string().nullable(),
    taskId: Id.nullable().describe("for the people of an organization: which sub-task to open"),
    day: Day.nullable().describe("of the roster: a day of the week that it is about"),
    text: z.string(),
    readAt: Instant.nullable(),
  })
  .meta({ id: "Notice" });
export type Notice = z.infer<typeof Notice>;

export const DemoAccount = z
  .object({
    role: Role,
    name: z.string(),
    title: z.string(),
    communityId: CommunityId.nullable(),
    phone: z.string().optional(),
    account: z.string().optional(),
    password: z.string().optional(),
  })
  .meta({ id: "DemoAccount" });
export type DemoAccount = z.infer<typeof DemoAccount>;

export const recordOperations = {
  "GET /api/log": {
    summary: "服务台账",
    tag: "台账",
    budget: "query",
    access: ["cadre", "committee", "supervisor", "admin"],
    query: PageQuery.extend({
      communityId: CommunityId.optional(),
      requestId: Id.optional(),
      cadreId: Id.optional(),
      serviceCode: ServiceCode.optional(),
      type: z.string().max(60).optional(),
      q: z.string().trim().min(1).max(60).optional().describe("words that somebody wrote, or a name of the staff"),
      from: Instant.optional(),
      to: Instant.optional(),
      order: z.enum(["asc", "desc"]).default("asc"),
    }),
    reply: page(LogEntry),
    errors: ["auth.forbidden"],
  },
  "GET /api/inbox": {
    summary: "我的通知，新的在前",
    tag: "通知",
    access: "user",
    query: PageQuery,
    reply: page(Notice).extend({ unread: z.number().int() }),
  },
  "POST /api/inbox/read": {
    summary: "标为已读：给 ids 的那几条，给 requestId 的那件诉求的，都不给则全部",
    tag: "通知",
    access: "user",
    body: z.object({ ids: z.array(z.string().max(80)).max(100).optional(), requestId: Id.optional() }),
    reply: z.object({ unread: z.number().int() }),
  },
  "POST /api/uploads": {
    summary: "上传一张照片（10 MB 以内），去除位置信息后暂存",
    tag: "文件",
    budget: "upload",
    access: "user",
    upload: true,
    reply: FileRef.omit({ check: true }).extend({
      state: z.literal("staged"),
      bytes: z.number().int(),
    }),
    status: 201,
    errors: [
      "file.too_large",
      "file.not_an_image",
      "file.too_many_pixels",
      "file.too_complex",
      "file.missing",
      "file.busy",
      "file.not_taken",
      "file.infected",
      "file.unscannable",
      "file.not_scanned",
      "rate.limited",
    ],
  },
  "GET /api/files/:id": {
    summary: "取照片；地址带签名，十分钟有效",
    tag: "文件",
    access: "anyone",
    params: IdParams,
    query: z.object({
      expires: z.coerce.number().int(),
      key: z.string().max(40),
      sig: z.string().max(100),
    }),
    reply: "file",
    errors: ["file.link_expired", "file.gone"],
  },
  "GET /api/demo/accounts": {
    summary: "演示账号（仅演示模式，仅本机）",
    tag: "演示",
    access: "anyone",
    secret: true,
    reply: page(DemoAccount),
    errors: ["route.unknown"],
  },
  "GET /healthz": {
    summary: "进程活着",
    tag: "运行",
    budget: "none",
    access: "anyone",
    reply: z.object({ ok: z.literal(true) }),
  },
  "GET /readyz": {
    summary: "可以服务：数据库写得进，台账在转，密钥对得上，没有在收工；不能时 details.reasons 说明哪一样",
    tag: "运行",
    budget: "none",
    access: "anyone",
    reply: z.object({ ok: z.literal(true) }),
    errors: ["server.not_ready"],
  },
} as const satisfies Record<OperationKey, Operation>;
