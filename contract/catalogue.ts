import { z } from "zod";
import { CommunityId, CommunityParams, ServiceCode, page, pattern, text } from "./common.ts";
import { KnowledgeCard, Service } from "./community.ts";
import type { Operation, OperationKey } from "./operation.ts";

/**
 * A service for editing by its committee. Each change gives a new `version`. Requests keep the version that they were
 * filed under.
 */
export const CatalogueService = Service.extend({
  knowledgeCard: KnowledgeCard,
  retired: z.boolean().describe("offered no more; requests that were filed under it go on"),
  version: z.number().int(),
}).meta({ id: "CatalogueService" });
export type CatalogueService = z.infer<typeof CatalogueService>;

const minutes = z.number().int().min(1).max(259_200);
const lines = z.array(text(100)).max(20);

const Question = z.object({
  code: pattern(/^[a-z][a-z0-9-]{0,29}$/, 30),
  label: text(40),
  kind: z.enum(["text", "choice"]),
  options: z.array(text(20)).max(12),
  required: z.boolean(),
});

/** The fields of a service that a committee edits. */
const Edited = z.object({
  group: ServiceCode,
  groupTitle: text(20),
  title: text(20),
  description: text(200),
  keywords: z.array(text(20)).max(30),
  questions: z.array(Question).max(8),
  urgency: z.enum(["normal", "urgent"]),
  respondMinutes: minutes,
  resolveMinutes: minutes,
  clock: z.enum(["working", "always"]),
  positions: z.array(text(20)).max(10),
  identityRequired: z.boolean(),
  anywhere: z.boolean().default(false),
  shared: z.boolean().default(false),
  emergencyNotice: text(100).nullable(),
  knowledgeCard: z.object({ bring: lines, ask: lines, say: lines }),
  retired: z.boolean().default(false),
});

export const catalogueOperations = {
  "GET /api/communities/:id/catalogue": {
    summary: "事项目录，连同知识卡和停办的事项，供编辑",
    tag: "社区设置",
    access: ["committee"],
    params: CommunityParams,
    reply: page(CatalogueService),
    errors: ["auth.forbidden", "community.unknown"],
  },
  "PUT /api/communities/:id/catalogue/:serviceCode": {
    summary: "新增或修改一个事项：每次修改是一个新版本，已提交的诉求仍按原来的办",
    tag: "社区设置",
    access: ["committee"],
    params: z.object({ id: CommunityId, serviceCode: ServiceCode }),
    body: z.object({
      service: Edited,
      seen: z.number().int().min(0).describe("the version that was looked at; 0 for a new one"),
    }),
    reply: CatalogueService,
    idempotent: true,
    errors: [
      "auth.forbidden",
      "community.unknown",
      "service.unknown",
      "service.invalid",
      "service.changed",
      "service.code_taken",
      "service.too_many",
    ],
  },
} as const satisfies Record<OperationKey, Operation>;
