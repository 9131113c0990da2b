import { z } from "zod";
import { CommunityId, Id, Phone, ServiceCode, TimeWindow, text } from "./common.ts";
import type { Operation, OperationKey } from "./operation.ts";
import { Relation, Request } from "./request.ts";
import { step } from "./request-operations.ts";

/**
 * The person for whom a request is filed. Users who prove this phone number by a code find the request among their own.
 */
const Principal = z.object({ name: text(20), phone: Phone, building: text(20), unit: text(20), room: text(20) });

const submission = {
  communityId: CommunityId,
  serviceCode: ServiceCode,
  description: text(1000),
  title: text(40).optional().describe("default: the description's first line"),
  answers: z.record(z.string().max(40), z.string().trim().max(200)).default({}),
  timeWindow: TimeWindow.optional(),
  fileIds: z.array(Id).max(9).default([]),
};

const errors = [
  "community.unknown", "service.unknown", "request.answer_missing", "registration.building_unknown",
  "proxy_filing.own_phone", "content.refused", "file.unknown", "file.not_yours", "idempotency.key_reused",
] as const; // prettier-ignore

export const proxyFilingOperations = {
  "POST /api/requests/for-resident": {
    summary: "代提交：干部或居委会替来电、来访的居民提交，诉求归居民本人；可通收的事项也可替别的社区收",
    tag: "代办",
    budget: "filing",
    access: ["cadre", "committee"],
    body: z.object({ ...submission, resident: Principal }),
    reply: Request,
    status: 201,
    idempotent: true,
    errors: ["auth.forbidden", "service.only_there", ...errors],
  },
  "POST /api/requests/for-family": {
    summary: "代办：替家里老人提交；老人同意前，提交人只看得到进度",
    tag: "代办",
    budget: "filing",
    access: "user",
    body: z.object({ ...submission, elder: Principal, relation: Relation }),
    reply: Request,
    status: 201,
    idempotent: true,
    errors: ["registration.required", "rate.limited", ...errors],
  },
  "POST /api/requests/:id/consent": step(
    "记下老人是否同意代办：老人本人，或办理干部当面、电话问过",
    z.object({
      agreed: z.boolean(),
      mayRate: z.boolean().default(false).describe("whether the family member may rate for the elder"),
      how: z
        .enum(["call", "visit"])
        .default("call")
        .describe("how the handler asked; of the elder's own word: the app"),
    }),
  ),
  "POST /api/requests/:id/revoke-consent": step("老人收回同意", z.object({})),
} as const satisfies Record<OperationKey, Operation>;
