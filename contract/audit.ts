import { z } from "zod";
import { CommunityId, Id, Instant, PageQuery, page } from "./common.ts";
import type { Operation, OperationKey } from "./operation.ts";
import { LogEntry } from "./record.ts";

/** Why a row of the log fails verification; see `Fault` in server/log/seal.ts. */
export const FaultKind = z.enum(["missing", "payload", "row", "key", "seal", "anchor", "cut"]);

/** The kinds of audit entries (审计): reveals of personal data, exports, posts, failed logins, settings. */
export const AuditKind = z.enum(["reveal", "export", "role", "login", "config", "erasure"]);
export type AuditKind = z.infer<typeof AuditKind>;

const DayAnchor = z.object({
  communityId: CommunityId,
  day: z.string(),
  pos: z.number().int(),
  seal: z.string(),
  keyId: z.string(),
  previous: z.string().describe("the signature of the day before it"),
  signature: z.string(),
});

export const auditOperations = {
  "GET /api/audit": {
    summary: "审计：台账里查看个人信息、导出、岗位与核实、登录失败、设置改动的行，新的在前",
    tag: "台账",
    budget: "query",
    access: ["committee", "supervisor", "admin"],
    query: PageQuery.extend({
      communityId: CommunityId.optional(),
      kind: AuditKind.optional(),
      personId: Id.optional().describe("who did it, or the member of the staff whom it concerns"),
      from: Instant.optional(),
      to: Instant.optional(),
    }),
    reply: page(LogEntry),
    errors: ["auth.forbidden"],
  },
  "GET /api/log/anchors": {
    summary: "每日封印：每天最后一条的位置与签章，带签名，离开数据库也能核对",
    tag: "台账",
    budget: "query",
    access: ["committee", "supervisor", "admin"],
    query: z.object({ communityId: CommunityId }),
    reply: z.object({
      format: z.string(),
      publicKeys: z.record(z.string(), z.string()).describe("Ed25519, DER (SPKI), base64, by key id"),
      communities: z.record(z.string(), z.array(DayAnchor)),
    }),
    errors: ["auth.forbidden"],
  },
  "POST /api/log/verify": {
    summary: "核对台账的一段：位置、内容、签章；指出第一行不符。未到末尾时从 upTo 接着核对",
    tag: "台账",
    // A long log is verified in many calls, so they count as reads.
    budget: "read",
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
