import type { EventData } from "../../../../contract/events.ts";
import {
  type Calendar,
  type Day,
  type Span,
  MINUTES_A_DAY,
  addDays,
  formatClock,
  dayOf,
  intersectSpans,
  subtractSpans,
} from "../community/calendar.ts";
import { refuse } from "../../../kernel/errors.ts";
import {
  type Backup,
  type RosterWeek,
  type Shift,
  MINUTES_A_WEEK,
  sortShifts,
  minuteFrom,
  shiftStart,
  spansFrom,
} from "./roster.ts";
import { type Coverage, type Gap, coverage } from "./roster-coverage.ts";
import { type Absence, presence, presentBackups, shiftsDuringAbsence } from "./roster-presence.ts";
import { type RosterPlan, assertSpans } from "./roster-plan.ts";
import { type Swap, isOpenSwap } from "./roster-swap.ts";

/** The data with which a week is validated. */
export interface WeekContext {
  now: Date;
  calendar: Calendar;
  plan: RosterPlan;
  /** The community's cadres by id. */
  cadres: ReadonlyMap<string, { name: string; positions: readonly string[] }>;
  absences: readonly Absence[];
  /** Shifts of the week before, whose last night may reach into this one. */
  before: readonly Shift[];
  /** The week after, into which this week's last night may reach. */
  next: Pick<RosterWeek, "monday" | "state" | "shifts" | "backups">;
  /** The positions that the community's services need. */
  positions: readonly string[];
}

/** One manual change of a week. `set` changes only the given fields. */
export type ShiftChange =
  | { do: "add"; shift: Shift }
  | { do: "set"; shiftId: string; to: Partial<Pick<Shift, "day" | "spans" | "cadreId" | "position" | "name">> }
  | { do: "remove"; shiftId: string };

const MAX_SHIFTS = 300;
const MAX_BACKUPS = 60;

/** The coverage of a week, with absences, backups and the week before taken into account. */
export function coverageOf(
  week: Pick<RosterWeek, "monday" | "shifts" | "backups">,
  { plan, before, absences, positions, cadres }: WeekContext,
): Coverage {
  const { monday } = week;
  return coverage({
    stints: presence(monday, [...before, ...week.shifts], absences),
    cover: plan.cover,
    backups: presentBackups(monday, week.backups, absences),
    positions,
    posts: new Map([...cadres].map(([id, cadre]) => [id, cadre.positions])),
  });
}

/** Shifts that overlap another shift of the same cadre, in this week or its neighbours. */
export const clashes = (monday: Day, shifts: readonly Shift[], { before, next }: WeekContext): Shift[] =>
  shifts.filter((shift) =>
    [...before, ...shifts, ...next.shifts].some(
      (other) =>
        other !== shift &&
        other.cadreId === shift.cadreId &&
        intersectSpans(spansFrom(monday, shift), spansFrom(monday, other)).length > 0,
    ),
  );

type ToldChange = EventData<"roster.changed">["changes"][number];

/**
 * The shifts and swaps after the changes, and the event's data about each change. Open swaps of changed shifts are
 * withdrawn. Throws `roster.*`, `cadre.unknown`.
 */
export function changeShifts(
  week: RosterWeek,
  changes: readonly ShiftChange[],
  context: WeekContext,
): { shifts: Shift[]; swaps: Swap[]; told: ToldChange[]; cadreIds: string[] } {
  let shifts: readonly Shift[] = week.shifts;
  const touched = new Set<string>();
  const told: ToldChange[] = [];
  const cadreIds = new Set<string>();
  for (const change of changes) {
    const id = change.do === "add" ? change.shift.id : change.shiftId;
    const old = shifts.find((shift) => shift.id === id);
    if (change.do !== "add" && !old) refuse("roster.shift_unknown");
    const next = change.do === "add" ? change.shift : change.do === "set" && old ? { ...old, ...change.to } : null;
    if (old) assertOpen(old.day, context);
    if (next) assertPossible(week.monday, next, context);
    shifts = next ? [...shifts.filter((shift) => shift.id !== id), next] : shifts.filter((shift) => shift.id !== id);
    touched.add(id);
    for (const shift of [old, next]) if (shift) cadreIds.add(shift.cadreId);
    told.push({
      do: change.do,
      before: old ? inWords(old, context) : null,
      after: next ? inWords(next, context) : null,
    });
  }
  if (shifts.length > MAX_SHIFTS) refuse("roster.too_many", { most: MAX_SHIFTS });
  const changed = shifts.filter(({ id }) => touched.has(id));
  const clash = clashes(week.monday, shifts, context).find((shift) => changed.includes(shift));
  if (clash) refuse("roster.clash", nameAndDay(clash, context));
  assertNoNewGap(week, { ...week, shifts }, context);
  const swaps = week.swaps.map((swap) => {
    const gone = isOpenSwap(swap) && (touched.has(swap.shiftId) || touched.has(swap.returnShiftId ?? ""));
    return gone ? { ...swap, state: "withdrawn" as const } : swap;
  });
  return { shifts: sortShifts(shifts), swaps, told, cadreIds: [...cadreIds] };
}

/** Throws `roster.day_past`: days before today cannot be changed. */
function assertOpen(day: Day, { now }: WeekContext): void {
  if (day < dayOf(now)) refuse("roster.day_past", { day });
}

function assertPossible(monday: Day, shift: Shift, context: WeekContext): void {
  assertOpen(shift.day, context);
  if (shift.day < monday || shift.day > addDays(monday, 6)) refuse("roster.day_outside", { day: shift.day });
  assertSpans(shift.spans);
  if (!context.cadres.has(shift.cadreId)) refuse("cadre.unknown");
  if (shiftsDuringAbsence(monday, [shift], context.absences).length)
    refuse("roster.on_leave", nameAndDay(shift, context));
}

const nameAndDay = (shift: Shift, { cadres }: WeekContext) => ({
  cadreName: cadres.get(shift.cadreId)?.name ?? "",
  day: shift.day,
});

const inWords = (shift: Shift, context: WeekContext) => ({
  ...nameAndDay(shift, context),
  cadreId: shift.cadreId,
  name: shift.name,
  spans: shift.spans,
});

/**
 * The backups that replace the week's. Throws `cadre.unknown`, `roster.backup_invalid`, `roster.gap_without_backup`.
 */
export function setBackups(week: RosterWeek, backups: readonly Backup[], context: WeekContext): Backup[] {
  const good = backups.every(
    ({ from, to }) => 0 <= from && from < to && to <= MINUTES_A_WEEK && Number.isInteger(from + to),
  );
  if (!good || backups.length > MAX_BACKUPS) refuse("roster.backup_invalid", { most: MAX_BACKUPS });
  if (!backups.every(({ cadreId }) => context.cadres.has(cadreId))) refuse("cadre.unknown");
  assertNoNewGap(week, { ...week, backups }, context);
  return [...backups];
}

/** Throws `roster.gap_without_backup` for future cover hours without a shift or backup, and `roster.clash`. */
export function assertPublishable(week: RosterWeek, context: WeekContext): void {
  const today = dayOf(context.now);
  const clash = clashes(week.monday, week.shifts, context).find(({ day }) => day >= today);
  if (clash) refuse("roster.clash", nameAndDay(clash, context));
  refuseGaps(week.monday, gapsWithoutBackup(week, context));
}

/** Future gaps without a backup. */
export function gapsWithoutBackup(
  week: Pick<RosterWeek, "monday" | "shifts" | "backups">,
  context: WeekContext,
): Gap[] {
  const now = Math.floor(minuteFrom(week.monday, context.now));
  return coverageOf(week, context)
    .gaps.filter(({ backupId, to }) => backupId === null && to > now)
    .map((gap) => ({ ...gap, from: Math.max(gap.from, now) }));
}

/** The future hours that would become a gap, or lose their backup, if the absence were approved. */
export function gapsOpenedBy(
  week: Pick<RosterWeek, "monday" | "shifts" | "backups">,
  absence: Absence,
  context: WeekContext,
): Gap[] {
  const now = Math.floor(minuteFrom(week.monday, context.now));
  const { gaps } = coverageOf(week, context);
  const after = coverageOf(week, { ...context, absences: [...context.absences, absence] });
  return after.gaps.flatMap(({ from, to, backupId }) => {
    const asBad = gaps.filter((gap) => gap.backupId === null || backupId !== null);
    const fresh = subtractSpans([[Math.max(from, now), to]], spansOf(asBad));
    return fresh.map(([start, end]) => ({ from: start, to: end, backupId }));
  });
}

/**
 * Throws `roster.gap_without_backup` when a change opens a gap without backup in a published week, this one or the
 * next. Existing gaps, such as those of an approved leave, do not block the change.
 */
export function assertNoNewGap(before: RosterWeek, after: RosterWeek, context: WeekContext): void {
  const { next } = context;
  const openNext = ({ shifts }: RosterWeek): Gap[] => gapsWithoutBackup(next, { ...context, before: shifts });
  if (before.state === "published")
    refuseGaps(before.monday, gapsWithoutBackup(after, context), gapsWithoutBackup(before, context));
  if (next.state === "published") refuseGaps(next.monday, openNext(after), openNext(before));
}

const spansOf = (gaps: readonly Gap[]): Span[] => gaps.map(({ from, to }) => [from, to]);

function refuseGaps(monday: Day, gaps: readonly Gap[], known: readonly Gap[] = []): void {
  const fresh = subtractSpans(spansOf(gaps), spansOf(known));
  const [first] = fresh;
  if (!first) return;
  refuse("roster.gap_without_backup", {
    from: inDayAndTime(monday, first[0]),
    to: inDayAndTime(monday, first[1]),
    count: fresh.length,
  });
}

/** In the form `2026-03-04 21:00`. */
function inDayAndTime(monday: Day, minute: number): string {
  return `${addDays(monday, Math.floor(minute / MINUTES_A_DAY))} ${formatClock(minute % MINUTES_A_DAY)}`;
}

/**
 * A new swap. Throws `roster.shift_unknown`, `swap.not_yours`, `swap.too_late`, `swap.open`, and what {@link
 * shiftsAfterSwap} throws.
 */
export function askSwap(week: RosterWeek, swap: Swap, context: WeekContext): Swap {
  const shifts = pairOf(week, swap);
  const open = week.swaps.filter(isOpenSwap).flatMap(({ shiftId, returnShiftId }) => [shiftId, returnShiftId]);
  if (shifts.some((shift) => shift && open.includes(shift.id))) refuse("swap.open");
  if (week.state !== "published") refuse("roster.shift_unknown");
  shiftsAfterSwap(week, swap, context);
  return swap;
}

function pairOf(week: RosterWeek, swap: Swap): [Shift, Shift | null] {
  const find = (id: string): Shift => week.shifts.find((shift) => shift.id === id) ?? refuse("roster.shift_unknown");
  return [find(swap.shiftId), swap.returnShiftId === null ? null : find(swap.returnShiftId)];
}

/**
 * The week's shifts after the swap. Throws when one of the two cannot take the other's shift: `roster.clash`,
 * `roster.on_leave`, `swap.*`, `cadre.unknown`.
 */
export function shiftsAfterSwap(week: RosterWeek, swap: Swap, context: WeekContext): Shift[] {
  const [shift, inReturn] = pairOf(week, swap);
  if (shift.cadreId !== swap.fromId || (inReturn && inReturn.cadreId !== swap.toId)) refuse("swap.not_yours");
  if (swap.fromId === swap.toId || !context.cadres.has(swap.toId)) refuse("cadre.unknown");
  for (const each of [shift, inReturn]) if (each && shiftStart(each) <= context.now) refuse("swap.too_late");
  const moved = new Map([[shift.id, swap.toId], ...(inReturn ? [[inReturn.id, swap.fromId] as const] : [])]);
  const shifts = week.shifts.map((each) => ({ ...each, cadreId: moved.get(each.id) ?? each.cadreId }));
  const both = shifts.filter(({ id }) => moved.has(id));
  const [away] = shiftsDuringAbsence(week.monday, both, context.absences);
  if (away) refuse("roster.on_leave", nameAndDay(away, context));
  const clash = clashes(week.monday, shifts, context).find((each) => both.includes(each));
  if (clash) refuse("roster.clash", nameAndDay(clash, context));
  return shifts;
}
