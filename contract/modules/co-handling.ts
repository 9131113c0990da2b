import { z } from "zod";
import { CoTask } from "../co-task.ts";
import { CommunityId, Id, IdParams, PageQuery, page, text } from "../common.ts";
import { coHandlingEvents } from "../events/co-handling.ts";
import type { ContractModule } from "../module.ts";
import type { Operation, OperationKey } from "../operation.ts";
import { step } from "../request-operations.ts";

const organization = text(40);
const fileIds = z.array(Id).max(9).default([]);

/** An organization of a community and its tasks of the last 90 days. Hours are wall-clock hours. */
export const Organization = z
  .object({
    communityId: CommunityId,
    communityName: z.string(),
    organization: z.string(),
    people: z.number().int().describe("who read for it; 0: it cannot be asked any more"),
    asked: z.number().int(),
    open: z.number().int(),
    done: z.number().int(),
    refused: z.number().int(),
    late: z.number().int().describe("open or ended, overdue at some time"),
    responseHours: z.number().nullable().describe("from being asked to accepting, on average"),
    doneHours: z.number().nullable().describe("from being asked to done, on average"),
  })
  .meta({ id: "Organization" });
export type Organization = z.infer<typeof Organization>;

const taskStep = <Body extends z.ZodObject>(
  summary: string,
  access: Operation["access"],
  body: Body,
  ...errors: string[]
) => ({
  summary,
  tag: "协办",
  access,
  params: IdParams,
  body,
  reply: CoTask,
  idempotent: true as const,
  errors: ["task.unknown", "task.not_allowed", "task.state_conflict", "content.refused", ...errors],
});

/** Co-handling (协办、约请): organizations do parts of a request, each with its own clock and result. */
const operations = {
  "GET /api/organizations": {
    summary: "本社区的协办单位，与近 90 天的协办情况",
    tag: "协办",
    access: ["cadre", "committee", "supervisor"],
    reply: z.object({ items: z.array(Organization) }),
  },
  "POST /api/requests/:id/ask-organization": step(
    "请单位协办：一件诉求可请多家，各自计时",
    z.object({
      organization,
      text: text(500).describe("what is asked of it"),
      hours: z.number().int().min(1).max(240).describe("as the service's clock counts them"),
    }),
    "organization.unknown",
  ),
  "GET /api/co-tasks": {
    summary: "协办任务：本单位的，或本社区的，新的在前",
    tag: "协办",
    access: ["partner", "cadre", "committee", "supervisor"],
    query: PageQuery.extend({
      scope: z.enum(["asked", "accepted", "ended"]).optional().describe("未接、在办、已结束"),
      organization: organization.optional().describe("for staff"),
      communityId: CommunityId.optional(),
    }),
    reply: page(CoTask),
    errors: ["auth.forbidden"],
  },
  "GET /api/co-tasks/:id": {
    summary: "协办任务详情",
    tag: "协办",
    access: ["partner", "cadre", "committee", "supervisor"],
    params: IdParams,
    reply: CoTask,
    errors: ["task.unknown"],
  },
  "POST /api/co-tasks/:id/accept": taskStep("接下协办", ["partner"], z.object({})),
  "POST /api/co-tasks/:id/refuse": taskStep("不接，说明原因", ["partner"], z.object({ reason: text(200) })),
  "POST /api/co-tasks/:id/progress": taskStep(
    "写进展",
    ["partner"],
    z.object({ text: text(1000), fileIds }),
    "task.progress_full",
    "file.unknown",
    "file.not_yours",
  ),
  "POST /api/co-tasks/:id/finish": taskStep(
    "办好了，写结果",
    ["partner"],
    z.object({ result: text(1000), fileIds }),
    "file.unknown",
    "file.not_yours",
  ),
  "POST /api/co-tasks/:id/withdraw": taskStep("撤回协办", ["cadre", "committee"], z.object({ reason: text(200) })),
  "POST /api/co-tasks/:id/reassign": taskStep(
    "改请另一家单位协办：原任务撤回，按原要求另请",
    ["cadre", "committee"],
    z.object({ organization }),
    "organization.unknown",
    "request.unknown",
    "request.not_allowed",
    "request.state_conflict",
  ),
} as const satisfies Record<OperationKey, Operation>;

export const coHandling = {
  name: "co-handling",
  operations,
  events: coHandlingEvents,
  ownData: {},
} as const satisfies ContractModule;
