import { z } from "zod";
import { Day } from "../common.ts";
import { defineEvent } from "./define.ts";
import { count, id, list } from "./fields.ts";
import { record } from "./stale.ts";

/** Spans in minutes of the day, from and to. */
const Spans = list(z.tuple([z.number(), z.number()]).readonly());
const Shift = z.strictObject({ cadreName: z.string(), day: Day, cadreId: id, name: z.string(), spans: Spans });
const Change = z.strictObject({
  do: z.enum(["add", "set", "remove"]),
  before: Shift.nullable(),
  after: Shift.nullable(),
});

const roster = [...record, "GET /api/communities/:id/duty", "GET /api/communities/:id/cadres"] as const;

/** Events of rosters and calendars. */
export const rosterEvents = {
  "calendar.day_changed": defineEvent({
    label: "调整日历",
    about: "roster-plan",
    data: z.strictObject({
      day: Day,
      kind: z.enum(["holiday", "workday", "ordinary", "published"]),
      name: z.string().nullable(),
    }),
    stale: record,
  }),
  "roster.pattern_saved": defineEvent({
    label: "保存班次",
    about: "roster-plan",
    data: z.strictObject({ patternId: id, name: z.string(), spans: Spans, cadreIds: list(id) }),
    stale: roster,
  }),
  "roster.pattern_removed": defineEvent({
    label: "删去班次",
    about: "roster-plan",
    data: z.strictObject({ patternId: id, name: z.string() }),
    stale: roster,
  }),
  "roster.cover_set": defineEvent({
    label: "设定值守时段",
    about: "roster-plan",
    data: z.strictObject({ cover: Spans }),
    stale: roster,
  }),
  "roster.drafted": defineEvent({
    label: "排班草稿",
    about: "roster-week",
    data: z.strictObject({ monday: Day, changes: list(Change) }),
    stale: roster,
  }),
  "roster.changed": defineEvent({
    label: "调整班表",
    about: "roster-week",
    data: z.strictObject({ monday: Day, changes: list(Change) }),
    notice: { to: ["cadres"], text: "您的班有调整，请在“我的班表”里查看。" },
    landing: "roster",
    stale: roster,
  }),
  "roster.reset": defineEvent({
    label: "恢复班次",
    about: "roster-week",
    data: z.strictObject({ monday: Day }),
    stale: roster,
  }),
  "roster.backups_named": defineEvent({
    label: "指定备勤",
    about: "roster-week",
    data: z.strictObject({
      monday: Day,
      backups: list(z.strictObject({ from: z.number(), to: z.number(), cadreId: id, cadreName: z.string() })),
    }),
    notice: { to: ["cadres"], text: "您被指定备勤，时段见“我的班表”。" },
    landing: "roster",
    stale: roster,
  }),
  "roster.left": defineEvent({
    label: "离岗撤班",
    about: ["roster-week", "roster-plan"],
    data: z.strictObject({
      monday: Day.optional().describe("of a week; absent: of the patterns"),
      names: list(z.string()),
      shifts: count,
    }),
    stale: roster,
  }),
  "roster.published": defineEvent({
    label: "发布班表",
    about: "roster-week",
    data: z.strictObject({ monday: Day, shifts: count, gapsOnCall: count }),
    notice: { to: ["cadres"], text: "新一周的班表发布了，请在“我的班表”里查看。" },
    landing: "roster",
    stale: roster,
  }),
};
