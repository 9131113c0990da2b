import { z } from "zod";
import { CommunityId, Day, Id, Instant, PageQuery, ServiceCode, page } from "../common.ts";
import type { ContractModule } from "../module.ts";
import type { Operation, OperationKey } from "../operation.ts";
import { Outcome } from "../request.ts";

/** The selections of handling cycles in a list; docs/three-rates.md explains them. */
export const handlingCycleSelections = [
  "opened", "responded", "respondedInTime", "overdueRespond", "resolved", "resolvedInTime", "overdueResolve", "rated", "solved",
  "partly", "unsolved", "satisfied", "dissatisfied", "silent", "withdrawn", "rejected", "acceptedElsewhere", "acceptedHere",
] as const; // prettier-ignore
const HandlingCycleSelection = z.enum(handlingCycleSelections);
export type HandlingCycleSelection = z.infer<typeof HandlingCycleSelection>;

/** A cadre's id, or `none` for handling cycles without a handler. */
const CadreOrNone = z.union([Id, z.literal("none")]);

/** A rate. `share` is from 0 to 1; null when `whole` is 0. */
const Rate = z.object({ part: z.number().int(), whole: z.number().int(), share: z.number().nullable() });

const minutes = z.number().nullable().describe("minutes, null of none");

/** The figures of some handling cycles. */
const Figures = z.object({
  counts: z.record(HandlingCycleSelection, z.number().int()),
  rates: z.object({
    response: Rate,
    selfResolution: Rate,
    resolution: Rate,
    satisfaction: Rate,
    rated: Rate,
  }),
  averages: z
    .object({ response: z.number(), attitude: z.number(), result: z.number() })
    .nullable()
    .describe("mean scores, 1 to 5; null of none, and for a handler until five are in"),
  times: z.object({ respondMedian: minutes, respondP95: minutes, resolveMedian: minutes, resolveP95: minutes }),
});

/**
 * A row of a report: the handling cycles of a service, a cadre, a day and so on. `key` is its code or id; null for
 * handling cycles without a handler.
 */
export const FiguresRow = Figures.extend({ key: z.string().nullable(), title: z.string() }).meta({ id: "FiguresRow" });
export type FiguresRow = z.infer<typeof FiguresRow>;

const Period = z.object({ from: Day.describe("first day"), to: Day.describe("last day, at most 400 later") });

/** A handling cycle in the list behind a figure. */
export const HandlingCycle = z
  .object({
    id: z.string(),
    requestId: Id,
    requestNo: z.string(),
    number: z.number().int().describe("1: the first try; from 2 on: rework"),
    communityId: CommunityId,
    serviceCode: ServiceCode,
    serviceTitle: z.string(),
    building: z.string(),
    cadreId: Id.nullable(),
    cadreName: z.string().nullable(),
    openedAt: Instant,
    respondBy: Instant.nullable(),
    respondedAt: Instant.nullable(),
    respondedLate: z.boolean(),
    resolveBy: Instant.nullable(),
    resolvedAt: Instant.nullable(),
    resolvedLate: z.boolean(),
    outcome: Outcome.nullable(),
    scores: z.object({ response: z.number(), attitude: z.number(), result: z.number() }).nullable(),
  })
  .meta({ id: "HandlingCycle" });
export type HandlingCycle = z.infer<typeof HandlingCycle>;

const operations = {
  "GET /api/figures": {
    summary: "三率与件数：按社区、事项、干部、日、月",
    tag: "满意度",
    budget: "query",
    access: ["committee", "supervisor", "admin"],
    query: Period.extend({
      communityId: CommunityId.optional().describe("default: all of the caller's"),
      serviceCode: ServiceCode.optional(),
      cadreId: CadreOrNone.optional(),
      by: z.enum(["community", "service", "cadre", "day", "month"]).default("community"),
    }),
    reply: z.object({
      asOf: Instant,
      total: Figures,
      rows: z.array(FiguresRow),
      hours: z.array(z.array(z.number().int())).describe("handling cycles opened: 7 weekdays from Monday × 24 hours"),
      buildings: z.array(z.object({ building: z.string(), opened: z.number().int() })).describe("the 20 with most"),
      anywhere: z
        .object({ kinds: Rate, requests: Rate })
        .describe("全市通办：可通收的事项占比；由别处窗口收来的诉求占比"),
    }),
    errors: ["auth.forbidden", "figures.period_invalid"],
  },
  "GET /api/figures/mine": {
    summary: "我的响应与满意度；评价不分时段，每 5 个一批、过一天才计入，看不出哪一位居民怎么评",
    tag: "满意度",
    access: ["cadre"],
    query: Period,
    reply: Figures.extend({ asOf: Instant }),
    errors: ["figures.period_invalid"],
  },
  "GET /api/figures/callbacks": {
    summary: "回访：这段时间打了多少、结果如何，现在还有多少没打",
    tag: "满意度",
    budget: "query",
    access: ["committee", "supervisor", "admin"],
    query: Period.extend({ communityId: CommunityId.optional().describe("default: all of the caller's") }),
    reply: z.object({
      asOf: Instant,
      answers: z.object({ satisfied: z.number().int(), unsatisfied: z.number().int(), unreached: z.number().int() }),
      late: z.number().int().describe("made after the end of the next workday"),
      waiting: z.number().int().describe("due now, whenever the rating was"),
    }),
    errors: ["auth.forbidden", "figures.period_invalid"],
  },
  "GET /api/handling-cycles": {
    summary: "一个数字背后的清单",
    tag: "满意度",
    budget: "query",
    access: ["committee", "supervisor", "admin"],
    query: PageQuery.extend(Period.shape).extend({
      communityId: CommunityId.optional(),
      serviceCode: ServiceCode.optional(),
      cadreId: CadreOrNone.optional(),
      of: HandlingCycleSelection,
    }),
    reply: page(HandlingCycle),
    errors: ["auth.forbidden", "figures.period_invalid"],
  },
} as const satisfies Record<OperationKey, Operation>;

export const figures = { name: "figures", operations, events: {}, ownData: {} } as const satisfies ContractModule;
