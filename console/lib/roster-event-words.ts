import { zh } from "../i18n/zh.ts";
import { type Data, type EventWords, type Tellers, countOf, said, textOf } from "./event-data.ts";
import { exactTime } from "./time.ts";

const t = zh.sentence;
const word = (data: Data, key: string): string => textOf(data, key) ?? zh.common.none;
const week = (data: Data): string => t.weekOf(word(data, "monday"));

/** A minute in Shanghai time; a dash when it was erased. */
const minute = (data: Data, key: string): string => {
  const time = textOf(data, key);
  return time === null || Number.isNaN(Date.parse(time)) ? zh.common.none : exactTime(new Date(time)).slice(0, 16);
};

/** The shifts after each manual change of a week. */
function changes(data: Data): string | null {
  const list = Array.isArray(data["changes"]) ? (data["changes"] as Record<string, Data | null>[]) : [];
  const shift = (value: Data | null | undefined): string =>
    value ? `${word(value, "cadreName")} ${word(value, "day")} ${word(value, "name")}` : zh.common.none;
  return list.map(({ before, after }) => `${shift(before)} → ${shift(after)}`).join("；") || null;
}

const swap =
  (type: keyof typeof zh.event) =>
  (data: Data): EventWords =>
    said(zh.event[type], t.swap(word(data, "from"), word(data, "to"), `${word(data, "day")} ${word(data, "name")}`));
const leave =
  (type: keyof typeof zh.event) =>
  (data: Data): EventWords =>
    said(zh.event[type], t.leave(word(data, "cadreName"), minute(data, "from"), minute(data, "to")));

/** Sentences of roster events. */
export const rosterFormatters = {
  "calendar.day_changed": (data) =>
    said(t.dayChanged(word(data, "day"), t.dayKinds[word(data, "kind")] ?? zh.common.none), textOf(data, "name")),
  "roster.pattern_saved": (data) => said(t.patternSaved(word(data, "name"))),
  "roster.pattern_removed": (data) => said(t.patternRemoved(word(data, "name"))),
  "roster.cover_set": () => said(t.coverSet),
  "roster.drafted": (data) => said(t.drafted(week(data)), changes(data)),
  "roster.changed": (data) => said(t.changed(week(data)), changes(data)),
  "roster.reset": (data) => said(t.reset(week(data))),
  "roster.backups_named": (data) => said(t.backups(week(data))),
  "roster.left": (data) =>
    said(t.left(Array.isArray(data["names"]) ? data["names"].join(zh.common.join) : "", countOf(data, "shifts"))),
  "roster.published": (data) => said(t.published(week(data), countOf(data, "shifts"))),
  "shift.swap_asked": swap("shift.swap_asked"),
  "shift.swap_accepted": swap("shift.swap_accepted"),
  "shift.swap_declined": swap("shift.swap_declined"),
  "shift.swap_withdrawn": swap("shift.swap_withdrawn"),
  "shift.swap_refused": swap("shift.swap_refused"),
  "shift.swapped": swap("shift.swapped"),
  "leave.asked": leave("leave.asked"),
  "leave.approved": leave("leave.approved"),
  "leave.refused": leave("leave.refused"),
  "leave.cancelled": leave("leave.cancelled"),
} satisfies Partial<Tellers>;
