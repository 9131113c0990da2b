import { z } from "zod";
import { CadreCard, CommunityId, CommunityParams, Instant, ServiceCode, page } from "./common.ts";
import type { Operation, OperationKey } from "./operation.ts";

export const Community = z
  .object({
    id: CommunityId,
    name: z.string(),
    subdistrict: z.string(),
    phone: z.string().describe("the committee office's phone"),
    address: z.string(),
    officeHours: z.string(),
    buildings: z.array(z.object({ name: z.string(), units: z.array(z.string()) })),
  })
  .meta({ id: "Community" });
export type Community = z.infer<typeof Community>;

export const ServiceQuestion = z.object({
  code: z.string(),
  label: z.string(),
  kind: z.enum(["text", "choice"]),
  options: z.array(z.string()),
  required: z.boolean(),
});

/** A service (事项) of the catalogue. Times are minutes after the submission. */
export const Service = z
  .object({
    serviceCode: ServiceCode,
    group: z.string(),
    groupTitle: z.string(),
    title: z.string(),
    description: z.string(),
    keywords: z.array(z.string()).describe("words in a description that suggest this service"),
    questions: z.array(ServiceQuestion),
    urgency: z.enum(["normal", "urgent"]),
    respondMinutes: z.number().int(),
    resolveMinutes: z.number().int(),
    clock: z.enum(["working", "always"]).describe("working: 只在社区工作时间内计时；always: 昼夜计时"),
    positions: z.array(z.string()).describe("岗位 that own it"),
    identityRequired: z.boolean(),
    shared: z.boolean().describe("楼里大家的事：邻居能看到有人反映过，可以跟进"),
    anywhere: z.boolean().describe("全市通办：任何社区的窗口都可代收"),
    emergencyNotice: z.string().nullable(),
  })
  .meta({ id: "Service" });
export type Service = z.infer<typeof Service>;

/** Help for any cadre to answer: what to bring, whom to ask, what to say. */
export const KnowledgeCard = z
  .object({ bring: z.array(z.string()), ask: z.array(z.string()), say: z.array(z.string()) })
  .meta({ id: "KnowledgeCard" });
export type KnowledgeCard = z.infer<typeof KnowledgeCard>;

/** The cadres on duty now and those whose shift is next. */
const OnDuty = page(
  CadreCard.extend({ checkedIn: z.boolean().describe("false: by the roster, not checked in yet") }),
).extend({
  next: z
    .object({ at: Instant, cadres: z.array(CadreCard) })
    .nullable()
    .describe("whose shift begins next; null: nothing is published"),
  backup: CadreCard.nullable().describe("on call (备勤) while nobody is on duty"),
});

export const Duty = z
  .object({ startedAt: Instant, until: Instant, endedAt: Instant.nullable(), card: CadreCard })
  .meta({ id: "Duty" });
export type Duty = z.infer<typeof Duty>;

export const communityOperations = {
  "GET /api/communities": {
    summary: "可选的社区",
    tag: "社区",
    access: "anyone",
    reply: page(z.object({ id: CommunityId, name: z.string(), subdistrict: z.string() })),
  },
  "GET /api/communities/:id": {
    summary: "社区与楼栋",
    tag: "社区",
    access: "anyone",
    params: CommunityParams,
    reply: Community,
    errors: ["community.unknown"],
  },
  "GET /api/communities/:id/services": {
    summary: "事项目录",
    tag: "社区",
    access: "anyone",
    params: CommunityParams,
    reply: page(Service),
    errors: ["community.unknown"],
  },
  "GET /api/communities/:id/duty": {
    summary: "现在谁在岗（亮身份），接着是谁",
    tag: "社区",
    access: "anyone",
    params: CommunityParams,
    reply: OnDuty,
    errors: ["community.unknown"],
  },
  "GET /api/communities/:id/cadres": {
    summary: "社区的干部与手上未办结件数，供派单",
    tag: "社区",
    access: ["committee", "cadre", "supervisor"],
    params: CommunityParams,
    reply: page(CadreCard.extend({ openRequests: z.number().int() })),
    errors: ["community.unknown", "auth.forbidden"],
  },
  "POST /api/duty/start": {
    summary: "上岗，至 until（最多 16 小时后）",
    tag: "在岗",
    access: ["cadre"],
    body: z.object({ until: Instant }),
    reply: Duty,
    idempotent: true,
    errors: ["duty.until_invalid"],
  },
  "POST /api/duty/check-in": {
    summary: "按班表上岗，至本班结束",
    tag: "在岗",
    access: ["cadre"],
    reply: Duty,
    idempotent: true,
    errors: ["duty.no_shift"],
  },
  "POST /api/duty/end": {
    summary: "下岗；有首次联系的诉求要先写交班说明",
    tag: "在岗",
    access: ["cadre"],
    body: z.object({ notesLater: z.boolean().optional().describe("off duty now, notes within the hour") }),
    reply: Duty,
    idempotent: true,
    errors: ["duty.not_on_duty", "duty.handover_needed"],
  },
} as const satisfies Record<OperationKey, Operation>;
