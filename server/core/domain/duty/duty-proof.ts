import { type Day, addDays, instantOf } from "../community/calendar.ts";
import type { Turn } from "../roster/roster-duty.ts";

/**
 * A beginning or an end of duty, as the log has it. `since` and `until`: what the row itself says of the duty. One
 * who is on duty already and starts again, or checks in, has another end.
 */
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

/**
 * The stretches that marks in order come to, as known at `asOf`. A duty that ends by time is told a little later, or
 * not at all when the next has begun by then: it ended when it said it would.
 */
export function dutiesOf(marks: readonly DutyMark[], asOf: Date): DutyStretch[] {
  const duties: (DutyStretch & Pick<DutyMark, "until">)[] = [];
  /** The last duty if it goes on at `at`; one whose time has come ends with that. */
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

/** The time that a proof of this day is about: the day, and as far into the next as a shift that began on it. */
export function proofSpan(day: Day, turns: readonly Turn[]): { from: Date; to: Date; planned: Turn[] } {
  const [from, end] = [instantOf(day, 0), instantOf(addDays(day, 1), 0)];
  const planned = turns.filter((turn) => turn.from >= from && turn.from < end);
  return { from, to: new Date(Math.max(end.getTime(), ...planned.map((turn) => turn.to.getTime()))), planned };
}
