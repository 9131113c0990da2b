import { z } from "zod";
import { CommunityParams, Day, Id, Instant } from "./common.ts";
import type { Operation, OperationKey } from "./operation.ts";
import { LogEntry } from "./record.ts";

const Stretch = z.object({ from: Instant, to: Instant });

/** A cadre's duty and steps on a day, from the service log, with the seal that covers them. */
export const DutyProof = z
  .object({
    asOf: Instant,
    communityName: z.string(),
    cadre: z.object({ id: Id, name: z.string(), title: z.string() }),
    day: Day,
    planned: z.array(Stretch).describe("by the published roster, leave taken off"),
    duties: z
      .array(z.object({ from: Instant.nullable(), to: Instant.nullable() }))
      .describe("really on duty; from null: since an earlier day; to null: still"),
    rows: z.array(LogEntry.extend({ onDuty: z.boolean() })).describe("every row of the log by this cadre, in order"),
    sealed: z
      .object({
        range: z
          .object({ first: z.number().int(), last: z.number().int() })
          .nullable()
          .describe("positions in the log; null for cadres, like those of rows"),
        seal: z.string().describe("of the last row"),
        holds: z.boolean().describe("checked just now, every row from the first to the one the day was signed at"),
        anchor: z
          .object({
            day: Day,
            pos: z.number().int().nullable(),
            seal: z.string(),
            signature: z.string().describe("Ed25519, base64url"),
            fingerprint: z.string().describe("of the public key"),
          })
          .nullable()
          .describe("the signed end of the day; null: the day is not over, or not signed yet"),
      })
      .nullable()
      .describe("null: there is no row"),
  })
  .meta({ id: "DutyProof" });
export type DutyProof = z.infer<typeof DutyProof>;

export const dutyProofOperations = {
  "GET /api/communities/:id/duty-proof": {
    summary: "值守证明：一位干部一天里排了什么班、实际在岗、办了什么，封在哪一条印里；干部只看自己的",
    tag: "台账",
    access: ["cadre", "committee", "supervisor"],
    params: CommunityParams,
    query: z.object({ cadreId: Id, day: Day }),
    reply: DutyProof,
    errors: ["auth.forbidden", "community.unknown", "post.unknown"],
  },
} as const satisfies Record<OperationKey, Operation>;
