import { z } from "zod";
import { CommunityId, CommunityParams, Id, Day, Instant, pattern, text } from "./common.ts";
import { Leave } from "./leave.ts";
import type { Operation, OperationKey } from "./operation.ts";

/** From and to (exclusive), minutes of the day. Values above 1440 are in the next day. */
const Span = z.tuple([z.number().int().min(0).max(2880), z.number().int().min(0).max(2880)]);
const Spans = z.array(Span).min(1).max(4);
const ShiftId = z.string().min(1).max(120);
const WeekParams = z.object({ id: CommunityId, monday: Day });
const Position = text(20).nullable().describe("null: any post (全岗通)");

/** A weekly shift pattern (班次). A split shift is one pattern with two spans. */
export const Pattern = z
  .object({
    id: pattern(/^[a-z0-9-]{1,40}$/, 40),
    name: text(20),
    position: Position,
    spans: Spans,
    weekdays: z.array(z.number().int().min(1).max(7)).min(1).max(7).describe("1 Monday to 7 Sunday"),
    holidays: z.enum(["same", "off", "only"]),
    makeUp: z.boolean().describe("also on weekends that are worked instead of a holiday"),
    turn: z.enum(["all", "daily", "weekly"]).describe("all of the cadres, or one in turn"),
    cadreIds: z.array(Id).min(1).max(40),
    from: Day,
    until: Day.nullable(),
  })
  .meta({ id: "Pattern" });
export type Pattern = z.infer<typeof Pattern>;

const Plan = z
  .object({ patterns: z.array(Pattern), cover: z.array(Span).describe("hours of each day that must be covered") })
  .meta({ id: "RosterPlan" });

const shiftFields = { name: text(20), day: Day, spans: Spans, position: Position, cadreId: Id };

export const Shift = z.object({ id: ShiftId, patternId: z.string().nullable(), ...shiftFields }).meta({ id: "Shift" });
export type Shift = z.infer<typeof Shift>;

export const Backup = z
  .object({ from: z.number().int().min(0), to: z.number().int().max(10_080), cadreId: Id })
  .describe("on call; minutes from the week's Monday, 0:00");

export const Change = z.discriminatedUnion("do", [
  z.object({ do: z.literal("add"), shift: z.object(shiftFields) }),
  z.object({ do: z.literal("set"), shiftId: ShiftId, to: z.object(shiftFields).partial() }),
  z.object({ do: z.literal("remove"), shiftId: ShiftId }),
]);

const swapSteps = ["accept", "decline", "withdraw", "approve", "refuse"] as const;
export const Swap = z
  .object({
    id: Id,
    communityId: CommunityId,
    monday: Day,
    state: z.enum(["asked", "accepted", "approved", "declined", "refused", "withdrawn"]),
    from: z.object({ id: Id, name: z.string() }),
    to: z.object({ id: Id, name: z.string() }),
    shift: Shift.nullable().describe("null: the shift is no more"),
    returnShift: Shift.nullable(),
    note: z.string().nullable(),
    askedAt: Instant,
    abilities: z.array(z.enum(swapSteps)),
  })
  .meta({ id: "Swap" });
export type Swap = z.infer<typeof Swap>;

const Load = z.object({
  minutes: z.number().int(),
  evenings: z.number().int().describe("days with work between 18:00 and 22:00"),
  nights: z.number().int().describe("nights, 22:00 to 6:00, with work"),
  weekends: z.number().int(),
  holidays: z.number().int(),
});

/** A week of the roster with its gaps and each cadre's load. Minutes count from its Monday, 0:00. */
export const RosterWeek = z
  .object({
    communityId: CommunityId,
    monday: Day,
    state: z.enum(["draft", "published"]),
    publishedAt: Instant.nullable(),
    yearKnown: z.boolean().describe("false: no holidays are published yet for some of the days"),
    days: z.array(z.object({ day: Day, kind: z.enum(["holiday", "workday"]).nullable(), name: z.string().nullable() })),
    cadres: z.array(
      z.object({
        id: Id,
        name: z.string(),
        positions: z.array(z.string()),
        week: Load,
        recent: Load.describe("4 weeks"),
      }),
    ),
    shifts: z.array(Shift.extend({ away: z.boolean(), clash: z.boolean() })),
    gaps: z.array(z.object({ from: z.number().int(), to: z.number().int(), backupId: Id.nullable() })),
    backups: z.array(Backup),
    alone: z.array(z.tuple([z.number().int(), z.number().int()])).describe("hours with one cadre only"),
    coveredMinutes: z.number().int(),
    coverMinutes: z.number().int(),
    positions: z.array(z.object({ position: z.string(), minutes: z.number().int(), cadreIds: z.array(Id) })),
    leaves: z.array(Leave),
    swaps: z.array(Swap),
    abilities: z.array(z.enum(["change", "reset", "name-backups", "publish"])),
  })
  .meta({ id: "RosterWeek" });
export type RosterWeek = z.infer<typeof RosterWeek>;

const weekErrors = ["auth.forbidden", "community.unknown", "roster.week_invalid"];
const swapErrors = [
  "roster.shift_unknown", "swap.not_yours", "swap.too_late", "roster.clash", "roster.on_leave", "cadre.unknown",
]; // prettier-ignore
const planErrors = ["auth.forbidden", "community.unknown", "roster.spans_invalid"];

export const rosterOperations = {
  "GET /api/communities/:id/roster/plan": {
    summary: "班次与须有人的时段",
    tag: "排班",
    access: ["committee", "cadre", "supervisor"],
    params: CommunityParams,
    reply: Plan,
    errors: planErrors,
  },
  "PUT /api/communities/:id/roster/patterns/:patternId": {
    summary: "新增或修改一个班次；不影响已改动或已发布的周",
    tag: "排班",
    access: ["committee"],
    params: z.object({ id: CommunityId, patternId: Pattern.shape.id }),
    body: Pattern.omit({ id: true }),
    reply: Plan,
    idempotent: true,
    errors: [...planErrors, "cadre.unknown", "roster.too_many"],
  },
  "DELETE /api/communities/:id/roster/patterns/:patternId": {
    summary: "删去一个班次",
    tag: "排班",
    access: ["committee"],
    params: z.object({ id: CommunityId, patternId: Pattern.shape.id }),
    reply: Plan,
    errors: ["auth.forbidden", "roster.pattern_unknown"],
  },
  "PUT /api/communities/:id/roster/cover": {
    summary: "每天须有人在岗（或备勤）的时段",
    tag: "排班",
    access: ["committee"],
    params: CommunityParams,
    body: z.object({ cover: z.array(Span).max(4) }),
    reply: Plan,
    idempotent: true,
    errors: planErrors,
  },
  "GET /api/communities/:id/roster/weeks/:monday": {
    summary: "一周的班表、空档、公平",
    tag: "排班",
    access: ["committee", "cadre", "supervisor"],
    params: WeekParams,
    reply: RosterWeek,
    errors: weekErrors,
  },
  "POST /api/communities/:id/roster/weeks/:monday/changes": {
    summary: "调整一周的班，全部生效或全不生效",
    tag: "排班",
    access: ["committee"],
    params: WeekParams,
    body: z.object({ changes: z.array(Change).min(1).max(50) }),
    reply: RosterWeek,
    idempotent: true,
    errors: [
      ...weekErrors, "roster.shift_unknown", "roster.day_past", "roster.day_outside", "roster.clash", "roster.on_leave",
      "roster.gap_without_backup", "roster.spans_invalid", "roster.too_many", "cadre.unknown",
    ], // prettier-ignore
  },
  "POST /api/communities/:id/roster/weeks/:monday/reset": {
    summary: "草稿恢复为按班次排的样子",
    tag: "排班",
    access: ["committee"],
    params: WeekParams,
    reply: RosterWeek,
    idempotent: true,
    errors: [...weekErrors, "roster.gap_without_backup"],
  },
  "PUT /api/communities/:id/roster/weeks/:monday/backups": {
    summary: "指定备勤",
    tag: "排班",
    access: ["committee"],
    params: WeekParams,
    body: z.object({ backups: z.array(Backup).max(60) }),
    reply: RosterWeek,
    idempotent: true,
    errors: [...weekErrors, "roster.backup_invalid", "roster.gap_without_backup", "cadre.unknown"],
  },
  "POST /api/communities/:id/roster/weeks/:monday/publish": {
    summary: "发布；有空档而无备勤则不能发布",
    tag: "排班",
    access: ["committee"],
    params: WeekParams,
    reply: RosterWeek,
    idempotent: true,
    errors: [...weekErrors, "roster.gap_without_backup", "roster.clash"],
  },
  "POST /api/communities/:id/roster/weeks/:monday/swaps": {
    summary: "请同事换班",
    tag: "排班",
    access: ["cadre"],
    params: WeekParams,
    body: z.object({
      shiftId: ShiftId,
      toId: Id,
      returnShiftId: ShiftId.nullable().default(null),
      note: text(200).nullable().default(null),
    }),
    reply: Swap,
    idempotent: true,
    errors: [...weekErrors, ...swapErrors, "swap.open"],
  },
  "POST /api/communities/:id/roster/weeks/:monday/swaps/:swapId": {
    summary: "换班的下一步：接受、谢绝、撤回、批准、不批",
    tag: "排班",
    access: ["cadre", "committee"],
    params: WeekParams.extend({ swapId: Id }),
    body: z.object({ step: z.enum(swapSteps) }),
    reply: Swap,
    idempotent: true,
    errors: [...weekErrors, ...swapErrors, "swap.unknown", "swap.state_conflict"],
  },
  "GET /api/me/shifts": {
    summary: "我的班表：今天起 14 天，请我换的班，我的请假",
    tag: "排班",
    access: ["cadre"],
    reply: z.object({
      communityId: CommunityId,
      now: z.object({ shiftId: ShiftId, from: Instant, to: Instant }).nullable().describe("the stretch to check in to"),
      shifts: z.array(
        Shift.extend({ monday: Day, away: z.boolean(), holiday: z.string().nullable(), maySwap: z.boolean() }),
      ),
      onCall: z.array(z.object({ from: Instant, to: Instant })).describe("备勤"),
      swaps: z.array(Swap),
      leaves: z.array(Leave),
    }),
    errors: ["auth.forbidden"],
  },
  "POST /api/me/calendar-feed": {
    summary: "取日历订阅地址；旧地址随即停用",
    tag: "排班",
    access: ["cadre"],
    secret: true,
    reply: z.object({ path: z.string() }),
  },
  "DELETE /api/me/calendar-feed": { summary: "停用日历订阅", tag: "排班", access: ["cadre"], reply: "none" },
  "GET /api/calendar/:token": {
    summary: "日历订阅（iCalendar）；地址即凭证",
    tag: "排班",
    access: "anyone",
    params: z.object({ token: z.string().max(200) }),
    reply: "file",
    errors: ["feed.unknown"],
  },
} as const satisfies Record<OperationKey, Operation>;
