import { type Day, type Span, subtractSpans, intersectSpans } from "../community/calendar.ts";
import { type Backup, type Shift, minuteFrom, spansFrom } from "./roster.ts";

/** Time during which a cadre is away, approved: from and to (exclusive). */
export interface Absence {
  cadreId: string;
  from: Date;
  to: Date;
}

/** One stretch of a shift that is really worked, minutes from the week's Monday, 0:00. */
export interface Stint {
  from: number;
  to: number;
  cadreId: string;
  shiftId: string;
  position: string | null;
}

/** Minutes in which a cadre is away: a started minute counts as a whole one. */
const awaySpans = (monday: Day, cadreId: string, absences: readonly Absence[]): Span[] =>
  absences
    .filter((absence) => absence.cadreId === cadreId)
    .map(({ from, to }) => [Math.floor(minuteFrom(monday, from)), Math.ceil(minuteFrom(monday, to))]);

/** What of the shifts is worked: their spans without the absences of whose they are. Shifts may be of several weeks. */
export function presence(monday: Day, shifts: readonly Shift[], absences: readonly Absence[]): Stint[] {
  return shifts.flatMap((shift) => {
    const spans = spansFrom(monday, shift);
    const away = awaySpans(monday, shift.cadreId, absences);
    const worked = away.length ? subtractSpans(spans, away) : spans;
    const { id: shiftId, cadreId, position } = shift;
    return worked.map(([from, to]) => ({ from, to, cadreId, shiftId, position }));
  });
}

/** Backups without the hours in which they are away themselves. */
export const presentBackups = (monday: Day, backups: readonly Backup[], absences: readonly Absence[]): Backup[] =>
  backups.flatMap(({ cadreId, ...span }) =>
    subtractSpans([[span.from, span.to]], awaySpans(monday, cadreId, absences)).map(([from, to]) => ({
      from,
      to,
      cadreId,
    })),
  );

/** Shifts of which the cadre is away for some or all of the time. */
export const shiftsDuringAbsence = (monday: Day, shifts: readonly Shift[], absences: readonly Absence[]): Shift[] =>
  shifts.filter(
    (shift) => intersectSpans(spansFrom(monday, shift), awaySpans(monday, shift.cadreId, absences)).length > 0,
  );
