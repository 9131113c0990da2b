import { z } from "zod";
import { CommunityId, Instant } from "./common.ts";
import type { Operation, OperationKey } from "./operation.ts";

/** Why a row of the log does not hold: docs in server/events/walk-log.ts. */
export const FaultKind = z.enum(["missing", "payload", "row", "key", "seal", "anchor", "cut"]);

export const auditOperations = {
  "POST /api/log/verify": {
    summary: "核对台账的一段：位置、内容、签章；指出第一行不符。未到末尾时从 upTo 接着核对",
    tag: "台账",
    access: ["committee", "supervisor", "admin"],
    body: z.object({
      communityId: CommunityId,
      after: z.number().int().min(0).default(0).describe("the row up to which it was checked before"),
    }),
    reply: z.object({
      at: Instant,
      rows: z.number().int().describe("checked in this part"),
      upTo: z.number().int().describe("the last row that holds"),
      seal: z.string().describe("its seal"),
      done: z.boolean().describe("the log ends here, or does not hold"),
      fault: z.object({ pos: z.number().int(), kind: FaultKind }).nullable(),
    }),
    errors: ["auth.forbidden"],
  },
} as const satisfies Record<OperationKey, Operation>;
