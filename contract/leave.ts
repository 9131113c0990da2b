import { z } from "zod";
import { Day, Id, Instant, page, text } from "./common.ts";
import type { Operation, OperationKey } from "./operation.ts";

const leaveSteps = ["approve", "refuse", "cancel"] as const;
export const Leave = z
  .object({
    id: Id,
    cadre: z.object({ id: Id, name: z.string() }),
    kind: z.enum(["annual", "sick", "personal", "training"]),
    from: Instant,
    to: Instant.describe("exclusive"),
    note: z.string().nullable(),
    state: z.enum(["asked", "approved", "refused", "cancelled"]),
    askedAt: Instant,
    abilities: z.array(z.enum(leaveSteps)),
  })
  .meta({ id: "Leave" });
export type Leave = z.infer<typeof Leave>;

/** A leave in the list. For those who decide, it has the hours that would be left without a cadre. */
export const LeaveToDecide = Leave.extend({
  opens: z
    .array(
      z.object({
        monday: Day,
        from: z.number().int().describe("minutes from the Monday, 0:00"),
        to: z.number().int().describe("exclusive"),
        backup: z.object({ id: Id, name: z.string() }).nullable().describe("who is on call then"),
      }),
    )
    .describe(
      "hours of published weeks that nobody would work any more if it were approved; empty for whoever does not decide",
    ),
}).meta({ id: "LeaveToDecide" });
export type LeaveToDecide = z.infer<typeof LeaveToDecide>;

export const leaveOperations = {
  "GET /api/leaves": {
    summary: "请假：干部看自己的，居委会看本社区的",
    tag: "排班",
    access: ["cadre", "committee"],
    reply: page(LeaveToDecide),
  },
  "POST /api/leaves": {
    summary: "请假",
    tag: "排班",
    access: ["cadre"],
    body: z.object({ kind: Leave.shape.kind, from: Instant, to: Instant, note: text(200).nullable().default(null) }),
    reply: Leave,
    status: 201,
    idempotent: true,
    errors: ["leave.time_invalid"],
  },
  "POST /api/leaves/:id": {
    summary: "请假的下一步：批准、不批、取消",
    tag: "排班",
    access: ["cadre", "committee"],
    params: z.object({ id: Id }),
    body: z.object({ step: z.enum(leaveSteps) }),
    reply: Leave,
    idempotent: true,
    errors: ["leave.unknown", "leave.state_conflict", "auth.forbidden"],
  },
} as const satisfies Record<OperationKey, Operation>;
