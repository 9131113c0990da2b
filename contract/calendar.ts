import { z } from "zod";
import { CommunityId, CommunityParams, Day, text } from "./common.ts";
import type { Operation, OperationKey } from "./operation.ts";

const DayKind = z.enum(["holiday", "workday"]);
const Special = z.object({ kind: DayKind, name: z.string() });

/** A day that differs from its weekday, or that the committee has changed. */
export const SpecialDay = z
  .object({
    day: Day,
    special: Special.nullable().describe("how the community keeps it; null: as its weekday says"),
    published: Special.nullable().describe("what the state publishes"),
    changed: z.boolean().describe("by the committee"),
  })
  .meta({ id: "SpecialDay" });
export type SpecialDay = z.infer<typeof SpecialDay>;

export const calendarOperations = {
  "GET /api/communities/:id/calendar": {
    summary: "节假日与调休上班日（from 至 to，含两端，最多 400 天）",
    tag: "日历",
    access: "anyone",
    params: CommunityParams,
    query: z.object({ from: Day, to: Day }),
    reply: z.object({
      items: z.array(SpecialDay),
      unknownYears: z.array(z.number().int()).describe("years of which no holidays are published yet: weekends only"),
    }),
    errors: ["community.unknown", "calendar.day_invalid"],
  },
  "PUT /api/communities/:id/calendar/:day": {
    summary: "居委会改某一天：放假、上班、按星期，或恢复国家公布的安排",
    tag: "日历",
    access: ["committee"],
    params: z.object({ id: CommunityId, day: Day }),
    body: z.object({ kind: z.enum(["holiday", "workday", "ordinary", "published"]), name: text(20).optional() }),
    reply: "none",
    idempotent: true,
    errors: ["auth.forbidden", "calendar.day_invalid"],
  },
} as const satisfies Record<OperationKey, Operation>;
