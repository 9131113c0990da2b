import { z } from "zod";
import { Instant } from "./common.ts";

/** The fields of a request that concern offers, escalations, extensions, suspensions and hand-overs. */
export const clockFields = {
  offer: z
    .object({ cadreName: z.string(), kind: z.enum(["duty", "backup"]), expiresAt: Instant, mine: z.boolean() })
    .nullable()
    .describe("for staff: to whom it is offered, until when"),
  escalation: z
    .object({
      level: z.enum(["reminded", "overdue", "supervised"]),
      clock: z.enum(["respond", "resolve"]),
      at: Instant,
    })
    .nullable()
    .describe("for staff: 催办、超时、督办 that it has come to"),
  timeRequest: z
    .object({ kind: z.enum(["extension", "suspension"]), until: Instant, reason: z.string(), at: Instant })
    .nullable()
    .describe("for staff: 延期 or 挂账 that waits for the committee"),
  suspendedUntil: Instant.nullable(),
  handover: z
    .object({ note: z.string(), from: z.string(), to: z.string().nullable(), at: Instant })
    .nullable()
    .describe("for staff: the last 交班说明; to null: it stayed with whoever wrote it"),
};
