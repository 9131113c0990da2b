import { z } from "zod";
import { CommunityId, Id, IdParams, Instant, PageQuery, Phone, ServiceCode, TimeWindow, page, text } from "./common.ts";
import type { Operation, OperationKey } from "./operation.ts";
import { Rating, Request, RequestDetail, ReturnCode, Status } from "./request.ts";

const fileIds = z.array(Id).max(9).default([]);
const reason = z.object({ reason: text(200) });

export const step = <Body extends z.ZodObject>(summary: string, body: Body, ...errors: string[]) => ({
  summary,
  tag: "诉求",
  access: "user" as const,
  params: IdParams,
  body,
  reply: Request,
  idempotent: true as const,
  errors: ["request.unknown", "request.not_allowed", "request.state_conflict", "content.refused", ...errors],
});

export const requestOperations = {
  "POST /api/requests": {
    summary: "提交诉求",
    tag: "诉求",
    budget: "filing",
    access: "user",
    body: z.object({
      communityId: CommunityId,
      serviceCode: ServiceCode,
      description: text(1000),
      title: text(40).optional().describe("default: the description's first line"),
      answers: z.record(z.string().max(40), z.string().trim().max(200)).default({}),
      place: z
        .object({ building: text(20), unit: text(20), room: text(20) })
        .optional()
        .describe("default: the resident's own address"),
      contact: z.object({ name: text(20), phone: Phone }).optional(),
      timeWindow: TimeWindow.optional(),
      fileIds,
    }),
    reply: Request,
    status: 201,
    idempotent: true,
    errors: [
      "registration.required", "registration.building_unknown", "community.unknown", "service.unknown",
      "request.answer_missing", "content.refused", "file.unknown", "file.not_yours",
    ], // prettier-ignore
  },
  "GET /api/requests": {
    summary: "诉求列表：我的、待接、在办、全社区",
    tag: "诉求",
    access: "user",
    query: PageQuery.extend({
      scope: z
        .enum(["mine", "queue", "handling", "community"])
        .optional()
        .describe(
          "mine: filed by me; queue: waiting to be claimed, in queue order; handling: held by me; community: all",
        ),
      open: z.enum(["true", "false"]).optional().describe("only open, or only ended requests"),
      status: Status.optional(),
      attention: z
        .enum(["overdue", "supervised", "time-request", "callback", "incoming"])
        .optional()
        .describe(
          "open requests that are overdue (supervised ones too), supervised, or wait for a decision (延期、挂账); any that wait for a callback (回访); incoming: what other communities ask us to take over (转办)",
        ),
      serviceCode: ServiceCode.optional(),
      cadreId: Id.optional(),
      communityId: CommunityId.optional().describe("for a supervisor: which community"),
      requestNo: z.string().max(20).optional(),
      from: Instant.optional().describe("submitted at or after"),
      to: Instant.optional().describe("submitted before"),
    }),
    reply: page(Request),
    errors: ["auth.forbidden"],
  },
  "GET /api/requests/:id": {
    summary: "诉求详情、时间线与消息",
    tag: "诉求",
    access: "user",
    params: IdParams,
    reply: RequestDetail,
    errors: ["request.unknown"],
  },
  "POST /api/queue/claim-next": {
    summary: "接下一单：队列里最靠前的一件",
    tag: "诉求",
    access: ["cadre"],
    reply: Request,
    idempotent: true,
    errors: ["queue.empty", "duty.not_on_duty"],
  },
  "POST /api/requests/:id/claim": step(
    "接单",
    z.object({}),
    "request.already_claimed",
    "request.own",
    "request.returns_used",
    "duty.not_on_duty",
  ),
  "POST /api/requests/:id/assign": step("派单给干部", z.object({ cadreId: Id }), "cadre.unknown", "request.own"),
  "POST /api/requests/:id/release": step(
    "退单，说明原因；最多两次，之后由居委会指定首接",
    reason.extend({ code: ReturnCode }),
    "request.returns_used",
  ),
  "POST /api/requests/:id/first-contact": step("先行联系", z.object({ note: text(500) })),
  "POST /api/requests/:id/note": step("办理记录（双方可见）", z.object({ text: text(1000) })),
  "POST /api/requests/:id/internal-note": step("内部备注（居民看不到）", z.object({ text: text(1000) })),
  "POST /api/requests/:id/message": step(
    "发消息",
    z.object({ text: text(1000), fileIds }),
    "file.unknown",
    "file.not_yours",
  ),
  "POST /api/requests/:id/ask": step("请居民补充，时限暂停", z.object({ text: text(500) })),
  "POST /api/requests/:id/answer": step("居民答复，时限继续", z.object({ text: text(500) })),
  "POST /api/requests/:id/resolve": step(
    "办结",
    z.object({ result: text(1000), fileIds }),
    "file.unknown",
    "file.not_yours",
    "request.tasks_open",
  ),
  "POST /api/requests/:id/rate": step("评价；未解决则回到队列重办", Rating),
  "POST /api/requests/:id/withdraw": step("居民撤回", reason),
  "POST /api/requests/:id/reject": step("不予受理", reason),
} as const satisfies Record<OperationKey, Operation>;
