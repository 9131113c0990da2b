import { z } from "zod";
import { CommunityId, Id, Instant, text } from "./common.ts";
import type { Operation, OperationKey } from "./operation.ts";
import { step } from "./request-operations.ts";
import { Status } from "./request.ts";

/** The end of a shift: hand-over notes for the next cadre. */
export const handoverOperations = {
  "GET /api/duty/handover": {
    summary: "交班：哪些诉求要写说明，可以交给谁",
    tag: "在岗",
    access: ["cadre"],
    reply: z.object({
      communityId: CommunityId,
      until: Instant.nullable().describe("end of the duty that runs, or of the last one"),
      requests: z.array(
        z.object({
          id: Id,
          requestNo: z.string(),
          title: z.string(),
          serviceTitle: z.string(),
          building: z.string(),
          status: Status,
          note: z.string().nullable().describe("the last one"),
          owed: z.boolean().describe("no note yet in this duty"),
        }),
      ),
      colleagues: z.array(
        z.object({
          id: Id,
          name: z.string(),
          title: z.string(),
          onDuty: z.boolean(),
          at: Instant.describe("on duty until then, or coming then"),
        }),
      ),
    }),
  },
  "POST /api/requests/:id/hand-over": step(
    "交班：写下进展，交给在岗或下一班的同事，或留给自己接着办",
    z.object({ note: text(500), cadreId: Id.nullable().describe("null: it stays with the handler") }),
    "handover.not_coming",
  ),
} as const satisfies Record<OperationKey, Operation>;
