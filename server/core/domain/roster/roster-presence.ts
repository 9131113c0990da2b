import { type Day, type Span, subtractSpans, intersectSpans } from "../community/calendar.ts";
import { type Backup, type Shift, minuteFrom, spansFrom } from "./roster.ts";

/** An approved absence of a cadre: from and to (exclusive). */
export interface Absence {
  cadreId: string;
  from: Date;
  to: Date;
}

/** A stretch of a shift that is worked, without absences, in minutes from the week's Monday, 0:00. */
export interface Stint {
  from: number;
  to: number;
  cadreId: string;
  shiftId: string;
  position: string | null;
}

/** The minutes in which a cadre is absent, rounded outwards to whole minutes. */
const awaySpans = (monday: Day, cadreId: string, absences: readonly Absence[]): Span[] =>
  absences
    .filter((absence) => absence.cadreId === cadreId)
    .map(({ from, to }) => [Math.floor(minuteFrom(monday, from)), Math.ceil(minuteFrom(monday, to))]);

/** The worked stretches of shifts: their spans without their cadres' absences. The shifts may be of several weeks. */
export function presence(monday: Day, shifts: readonly Shift[], absences: readonly Absence[]): Stint[] {
  return shifts.flatMap((shift) => {
    const spans = spansFrom(monday, shift);
    const away = awaySpans(monday, shift.cadreId, absences);
    const worked = away.length ? subtractSpans(spans, away) : spans;
    const { id: shiftId, cadreId, position } = shift;
    return worked.map(([from, to]) => ({ from, to, cadreId, shiftId, position }));
  });
}

/** The backups without the hours in which they are absent. */
export const presentBackups = (monday: Day, backups: readonly Backup[], absences: readonly Absence[]): Backup[] =>
  backups.flatMap(({ cadreId, ...span }) =>
    subtractSpans([[span.from, span.to]], awaySpans(monday, cadreId, absences)).map(([from, to]) => ({
      from,
      to,
      cadreId,
    })),
  );

/** Shifts whose cadre is absent for some or all of the time. */
export const shiftsDuringAbsence = (monday: Day, shifts: readonly Shift[], absences: readonly Absence[]): Shift[] =>
  shifts.filter(
    (shift) => intersectSpans(spansFrom(monday, shift), awaySpans(monday, shift.cadreId, absences)).length > 0,
  );
