import { type Day, addDays, dayOf, instantOf, mondayOf } from "../community/calendar.ts";
import { type RosterWeek, type Shift, minuteFrom } from "./roster.ts";
import { backupAtMinute } from "./roster-coverage.ts";
import { type Absence, type Stint, presence, presentBackups } from "./roster-presence.ts";

/** A stretch of duty of one cadre, according to the roster. */
export interface Turn {
  cadreId: string;
  shiftId: string;
  from: Date;
  to: Date;
}

const atMinute = (monday: Day, minute: number): Date => instantOf(monday, minute);

const toTurn = (monday: Day, { cadreId, shiftId, from, to }: Stint): Turn => ({
  cadreId,
  shiftId,
  from: atMinute(monday, from),
  to: atMinute(monday, to),
});

/**
 * The weeks that decide who works at an instant: its own week, and the week before, whose last night can reach into it.
 */
export const weeksAround = (at: Date): [before: Day, own: Day] => {
  const monday = mondayOf(dayOf(at));
  return [addDays(monday, -7), monday];
};

const publishedShifts = (weeks: readonly RosterWeek[]): Shift[] =>
  weeks.filter(({ state }) => state === "published").flatMap(({ shifts }) => shifts);

/** All stretches of the published weeks, by start. */
export function turns(weeks: readonly RosterWeek[], absences: readonly Absence[]): Turn[] {
  const [first] = weeks;
  if (!first) return [];
  return presence(first.monday, publishedShifts(weeks), absences)
    .map((stint) => toTurn(first.monday, stint))
    .toSorted((a, b) => a.from.getTime() - b.from.getTime() || a.to.getTime() - b.to.getTime());
}

/** The stretches of the published weeks that include `at`. */
export const turnsAt = (weeks: readonly RosterWeek[], absences: readonly Absence[], at: Date): Turn[] =>
  turns(weeks, absences).filter(({ from, to }) => from <= at && at < to);

/** How long before a stretch a cadre may check in, in ms. */
const EARLY_CHECK_IN_MS = 30 * 60_000;

/** The stretch to which a cadre may check in at `at`: one that runs, or begins within half an hour. */
export const dutyToStart = (own: readonly Turn[], at: Date): Turn | null =>
  own.find(({ from, to }) => from.getTime() - EARLY_CHECK_IN_MS <= at.getTime() && at < to) ?? null;

/**
 * Whether a cadre has left a stretch: a duty ended within it, or the cadre had checked in to it and ended the duty
 * before.
 */
export const hasLeft = (turn: Turn, duty: { startedAt: Date; until: Date } | null, at: Date): boolean =>
  duty !== null &&
  duty.until <= at &&
  (duty.until > turn.from || duty.startedAt.getTime() >= turn.from.getTime() - EARLY_CHECK_IN_MS);

/** The next stretches after `at`, all that begin at the same moment. Cadres who are on duty already are left out. */
export function nextTurns(all: readonly Turn[], there: ReadonlySet<string>, at: Date): Turn[] {
  const later = all.filter(({ from, cadreId }) => from > at && !there.has(cadreId));
  const first = later[0]?.from.getTime();
  return later.filter(({ from }) => from.getTime() === first);
}

/** The cadre on call at `at` according to the published weeks; null when nobody is. */
export function backupAt(weeks: readonly RosterWeek[], absences: readonly Absence[], at: Date): string | null {
  const week = weeks.find(({ monday, state }) => monday === mondayOf(dayOf(at)) && state === "published");
  if (!week) return null;
  return backupAtMinute(presentBackups(week.monday, week.backups, absences), Math.floor(minuteFrom(week.monday, at)));
}
