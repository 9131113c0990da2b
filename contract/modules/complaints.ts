import { z } from "zod";
import { CommunityId, Id, IdParams, Instant, PageQuery, page, text } from "../common.ts";
import { defineEvent } from "../events/define.ts";
import { erasure } from "../events/erasures.ts";
import { nothing } from "../events/fields.ts";
import { record } from "../events/stale.ts";
import type { ContractModule } from "../module.ts";
import type { Operation, OperationKey } from "../operation.ts";

declare module "../events/define.ts" {
  interface AboutRegistry {
    complaint: unknown;
  }
  interface LandingRegistry {
    complaints: unknown;
  }
}

/** A complaint (投诉). The committee and the subdistrict above it read it, cadres never do. */
export const Complaint = z
  .object({
    id: Id,
    communityId: CommunityId,
    requestId: Id.nullable(),
    requestNo: z.string().nullable(),
    text: z.string(),
    from: z.string().describe("who complains; masked for the supervisor"),
    mine: z.boolean(),
    at: Instant,
    answer: z.object({ text: z.string(), at: Instant, by: z.string() }).nullable(),
  })
  .meta({ id: "Complaint" });
export type Complaint = z.infer<typeof Complaint>;

const operations = {
  "POST /api/complaints": {
    summary: "投诉：只有居委会与街镇看得到，干部看不到",
    tag: "投诉",
    budget: "filing",
    access: "user",
    body: z.object({
      communityId: CommunityId,
      text: text(1000),
      requestId: Id.optional().describe("the own request that it is about, if any"),
    }),
    reply: Complaint,
    status: 201,
    idempotent: true,
    errors: ["community.unknown", "request.unknown", "content.refused", "rate.limited"],
  },
  "GET /api/complaints": {
    summary: "我的投诉；居委会与街镇：本社区的投诉，新的在前",
    tag: "投诉",
    access: "user",
    query: PageQuery.extend({
      open: z.enum(["true", "false"]).optional().describe("only those without an answer, or with"),
    }),
    reply: page(Complaint),
  },
  "POST /api/complaints/:id/answer": {
    summary: "居委会答复投诉",
    tag: "投诉",
    access: ["committee"],
    params: IdParams,
    body: z.object({ text: text(1000) }),
    reply: Complaint,
    idempotent: true,
    errors: ["complaint.unknown", "complaint.answered", "content.refused", "write.contended"],
  },
} as const satisfies Record<OperationKey, Operation>;

const stale = [...record, "GET /api/complaints"] as const;

/** The events have no data, since cadres read the log and may not see the content of a complaint. */
const events = {
  "complaint.erased": defineEvent({ label: "抹去投诉内容", about: "complaint", data: erasure, stale }),
  "complaint.filed": defineEvent({
    label: "投诉",
    about: "complaint",
    data: nothing,
    audience: { resident: [] },
    notice: { offices: ["committee"], office: "收到一条投诉，请到“投诉与复核”答复。" },
    landing: "complaints",
    stale,
  }),
  "complaint.answered": defineEvent({
    label: "答复投诉",
    about: "complaint",
    data: nothing,
    audience: { resident: [] },
    notice: { to: ["resident"], text: "{who}答复了您的投诉，请到“我的投诉”查看。" },
    landing: "complaints",
    stale,
  }),
};

export const complaints = {
  name: "complaints",
  operations,
  events,
  ownData: { complaints: z.array(Complaint) },
} as const satisfies ContractModule;
