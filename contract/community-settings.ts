import { z } from "zod";
import { CommunityParams, Revision, text } from "./common.ts";
import type { Operation, OperationKey } from "./operation.ts";

const Minute = z.number().int().min(0).max(1440);

/** The settings of a committee's office. */
export const CommunitySettings = z
  .object({
    revision: Revision,
    phone: text(30).describe("the office's, shown to residents"),
    address: text(80),
    officeHours: text(60).describe("in words, for residents"),
    unitHead: z
      .string()
      .trim()
      .max(30)
      .describe("who heads the unit (单位负责人), named on what is done again; empty: nobody"),
    workingHours: z.object({
      weekdays: z.array(z.number().int().min(1).max(7)).max(7).describe("1 Monday to 7 Sunday"),
      spans: z
        .array(z.tuple([Minute, Minute]))
        .max(6)
        .describe("minutes of the day, in order"),
    }),
    offerMinutes: z
      .number()
      .int()
      .min(1)
      .max(60)
      .describe("how long an offer to a cadre stands; urgent ones two at most"),
  })
  .meta({ id: "CommunitySettings" });
export type CommunitySettings = z.infer<typeof CommunitySettings>;

export const communitySettingsOperations = {
  "GET /api/communities/:id/settings": {
    summary: "居委会的电话、工作时间、派单等候",
    tag: "社区设置",
    access: ["committee"],
    params: CommunityParams,
    reply: CommunitySettings,
    errors: ["auth.forbidden", "community.unknown"],
  },
  "PUT /api/communities/:id/settings": {
    summary: "修改；已定的时限不变，以后按新的计",
    tag: "社区设置",
    access: ["committee"],
    params: CommunityParams,
    body: CommunitySettings,
    reply: CommunitySettings,
    idempotent: true,
    errors: ["auth.forbidden", "community.unknown", "community.closed", "roster.spans_invalid", "edit.outdated"],
  },
} as const satisfies Record<OperationKey, Operation>;
