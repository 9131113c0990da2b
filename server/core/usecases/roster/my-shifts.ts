import type { Actor } from "../../../kernel/actor.ts";
import { type Day, addDays, dayOf, instantOf } from "../../domain/community/calendar.ts";
import { refuse } from "../../../kernel/errors.ts";
import type { Leave } from "../../domain/roster/leave.ts";
import { type RosterWeek, type Shift, shiftStart } from "../../domain/roster/roster.ts";
import { type Turn, dutyToStart, turns } from "../../domain/roster/roster-duty.ts";
import { presentBackups, shiftsDuringAbsence } from "../../domain/roster/roster-presence.ts";
import { type Swap, isOpenSwap } from "../../domain/roster/roster-swap.ts";
import type { Uses } from "../../ports.ts";
import { calendarOf } from "../community/read-calendar.ts";
import { ownLeaves } from "./leaves.ts";
import { publishedWeeks } from "./published.ts";

const DAYS = 14;

/** A shift of the cadre. `away`: a leave overlaps it. `holiday`: the name of the public holiday on its day. */
export interface MyShift {
  shift: Shift;
  monday: Day;
  away: boolean;
  holiday: string | null;
  maySwap: boolean;
}

/** A cadre's own shifts. `now`: the stretch to which the cadre may check in. */
export interface MyShifts {
  communityId: string;
  now: Turn | null;
  shifts: MyShift[];
  onCall: { from: Date; to: Date }[];
  swaps: { week: RosterWeek; swap: Swap }[];
  leaves: Leave[];
}

/** A cadre's own shifts of the next 14 days from today on, hours on call, recent swaps, and leaves. */
export async function listMyShifts(deps: Uses<"clock" | "holidays" | "store">, actor: Actor): Promise<MyShifts> {
  const communityId = actor.communityIds[0] ?? refuse("auth.forbidden");
  const at = deps.clock.now();
  const today = dayOf(at);
  const last = addDays(today, DAYS - 1);
  const [{ weeks, absences }, calendar, leaves] = await Promise.all([
    publishedWeeks(deps, communityId, at, instantOf(last, 1439)),
    calendarOf(deps, communityId),
    ownLeaves(deps, actor),
  ]);
  const mine = weeks.flatMap((week) => {
    const busy = week.swaps.filter(isOpenSwap).flatMap(({ shiftId, returnShiftId }) => [shiftId, returnShiftId]);
    return week.shifts
      .filter(({ cadreId, day }) => cadreId === actor.userId && day >= today && day <= last)
      .map((shift) => ({
        shift,
        monday: week.monday,
        away: shiftsDuringAbsence(week.monday, [shift], absences).length > 0,
        holiday: calendar.days[shift.day]?.kind === "holiday" ? (calendar.days[shift.day]?.name ?? null) : null,
        maySwap: shiftStart(shift) > at && !busy.includes(shift.id),
      }));
  });
  const own = turns(weeks, absences).filter(({ cadreId }) => cadreId === actor.userId);
  const onCall = weeks
    .flatMap(({ monday, backups }) =>
      presentBackups(monday, backups, absences)
        .filter(({ cadreId }) => cadreId === actor.userId)
        .map(({ from, to }) => ({ from: instantOf(monday, from), to: instantOf(monday, to) })),
    )
    .filter(({ to }) => to > at);
  const swaps = weeks.flatMap((week) =>
    week.swaps
      .filter((swap) => [swap.fromId, swap.toId].includes(actor.userId) && (isOpenSwap(swap) || isYoung(swap, at)))
      .map((swap) => ({ week, swap })),
  );
  return { communityId, now: dutyToStart(own, at), shifts: mine, onCall, swaps, leaves };
}

/** Whether an ended swap is still listed: it was asked for in the last three days. */
const isYoung = ({ askedAt }: Swap, at: Date): boolean => at.getTime() - askedAt.getTime() < 3 * 86_400_000;
