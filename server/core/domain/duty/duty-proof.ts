import { type Day, addDays, instantOf } from "../community/calendar.ts";
import type { Turn } from "../roster/roster-duty.ts";

/**
 * A start or end of duty from the log. `since` and `until` are the row's own data. A cadre who is on duty and starts
 * again, or checks in, gets another end.
 */
export interface DutyMark {
  kind: "started" | "ended";
  at: Date;
  since: Date | null;
  until: Date | null;
}

/** A stretch on duty. Null `from`: since an earlier day; null `to`: still on duty. */
export interface DutyStretch {
  from: Date | null;
  to: Date | null;
}

/**
 * The stretches that follow from marks in order, as known at `asOf`. The end of a duty that ends by time is recorded a
 * little later, or not at all when the next duty has begun by then: such a duty ended at its `until`.
 */
export function dutiesOf(marks: readonly DutyMark[], asOf: Date): DutyStretch[] {
  const duties: (DutyStretch & Pick<DutyMark, "until">)[] = [];
  /** The last duty if it is still running at `at`. A duty past its `until` is ended there. */
  const running = (at: Date) => {
    const last = duties.at(-1);
    if (!last || last.to) return null;
    if (last.until && last.until <= at) last.to = last.until;
    return last.to ? null : last;
  };
  for (const { kind, at, since, until } of marks) {
    if (kind === "started") {
      const goesOn = running(at);
      if (goesOn) goesOn.until = until;
      else duties.push({ from: at, to: null, until });
    } else {
      const open = duties.at(-1);
      if (open?.to === null) open.to = until ?? at;
      else duties.push({ from: since, to: until ?? at, until });
    }
  }
  running(asOf);
  return duties.map(({ from, to }) => ({ from, to }));
}

/** Whether somebody with these duties was on duty at `at`. */
export const wasOnDuty = (duties: readonly DutyStretch[], at: Date): boolean =>
  duties.some(({ from, to }) => (from === null || from <= at) && (to === null || at <= to));

/**
 * The time that a proof of this day covers: the day, and the part of the next day into which a shift of this day
 * reaches.
 */
export function proofSpan(day: Day, turns: readonly Turn[]): { from: Date; to: Date; planned: Turn[] } {
  const [from, end] = [instantOf(day, 0), instantOf(addDays(day, 1), 0)];
  const planned = turns.filter((turn) => turn.from >= from && turn.from < end);
  return { from, to: new Date(Math.max(end.getTime(), ...planned.map((turn) => turn.to.getTime()))), planned };
}
