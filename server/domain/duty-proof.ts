import { type Day, addDays, instantOf } from "./calendar.ts";
import type { Turn } from "./roster-duty.ts";

/** A beginning or an end of duty, as the log has it. `since` and `until`: what the row itself says of the duty. */
export interface DutyMark {
  kind: "started" | "ended";
  at: Date;
  since: Date | null;
  until: Date | null;
}

/** A stretch on duty; null: since an earlier day, or still. */
export interface DutyStretch {
  from: Date | null;
  to: Date | null;
}

/** The stretches that marks in order come to. A duty that ends by time is told a little later: it ended when it said it would. */
export function dutiesOf(marks: readonly DutyMark[]): DutyStretch[] {
  const duties: DutyStretch[] = [];
  for (const { kind, at, since, until } of marks) {
    const open = duties.at(-1);
    if (kind === "started") duties.push({ from: at, to: null });
    else if (open && open.to === null) duties[duties.length - 1] = { ...open, to: until ?? at };
    else duties.push({ from: since, to: until ?? at });
  }
  return duties;
}

/** Whether somebody with these duties was on duty at `at`. */
export const wasOnDuty = (duties: readonly DutyStretch[], at: Date): boolean =>
  duties.some(({ from, to }) => (from === null || from <= at) && (to === null || at <= to));

/** The time that a proof of this day is about: the day, and as far into the next as a shift that began on it. */
export function proofSpan(day: Day, turns: readonly Turn[]): { from: Date; to: Date; planned: Turn[] } {
  const [from, end] = [instantOf(day, 0), instantOf(addDays(day, 1), 0)];
  const planned = turns.filter((turn) => turn.from >= from && turn.from < end);
  return { from, to: new Date(Math.max(end.getTime(), ...planned.map((turn) => turn.to.getTime()))), planned };
}
