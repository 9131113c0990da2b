import { z } from "zod";
import { CommunityId, Id, Instant, Role, text } from "./common.ts";
import type { Operation, OperationKey } from "./operation.ts";

/** The minimum length of a reason, characters. */
const REASON_MIN = 4;

export const RevealField = z.enum(["phone", "home"]);
export type RevealField = z.infer<typeof RevealField>;

export const revealOperations = {
  "POST /api/reveals": {
    summary: "查看一项遮盖的个人信息：写明理由，先记入台账再显示",
    tag: "台账",
    access: ["cadre", "committee", "supervisor"],
    secret: true,
    body: z.object({
      of: z.enum(["request", "resident"]),
      id: Id.describe("of the request or the resident"),
      field: RevealField,
      reason: text(200).min(REASON_MIN, `至少 ${REASON_MIN} 个字，写清楚为什么`),
    }),
    reply: z.object({
      id: Id,
      field: RevealField,
      value: z.string().describe("empty when the person's data were erased"),
      at: Instant,
    }),
    status: 201,
    idempotent: true,
    errors: [
      "auth.forbidden",
      "request.unknown",
      "resident.unknown",
      "rate.limited",
      "reveal.not_recorded",
      "reveal.over",
      "idempotency.key_reused",
    ],
  },
  "GET /api/reveals/rate": {
    summary: "近 24 小时谁查看了多少次个人信息，最近一小时多少次",
    tag: "台账",
    access: ["committee", "supervisor"],
    query: z.object({ communityId: CommunityId.optional() }),
    reply: z.object({
      at: Instant,
      mostPerHour: z.number().int().describe("nobody can look more often"),
      people: z.array(
        z.object({
          id: Id,
          name: z.string(),
          role: Role,
          lastHour: z.number().int(),
          lastDay: z.number().int(),
          busiestHour: z.number().int(),
        }),
      ),
    }),
    errors: ["auth.forbidden"],
  },
} as const satisfies Record<OperationKey, Operation>;
