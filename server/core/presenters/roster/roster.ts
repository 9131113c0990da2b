import type {
  Reply,
  RosterWeek as RosterWeekReply,
  Shift as ShiftReply,
  Swap as SwapReply,
} from "../../../../contract/index.ts";
import { calendarFile } from "../../../adapters/calendar/ical.ts";
import { type Actor, hasRole } from "../../../kernel/actor.ts";
import { addDays, isYearKnown } from "../../domain/community/calendar.ts";
import type { RosterWeek, Shift } from "../../domain/roster/roster.ts";
import type { Load } from "../../domain/roster/roster-fairness.ts";
import type { RosterPlan } from "../../domain/roster/roster-plan.ts";
import { shiftsDuringAbsence } from "../../domain/roster/roster-presence.ts";
import { type Swap, swapAbilities } from "../../domain/roster/roster-swap.ts";
import type { FeedEvent } from "../../usecases/roster/calendar-feed.ts";
import type { MyShifts } from "../../usecases/roster/my-shifts.ts";
import type { WeekView } from "../../usecases/roster/read-week.ts";
import { presentLeave } from "./leave.ts";
import { instant, instantOrNull } from "../time.ts";

const spansOf = (spans: Shift["spans"]): [number, number][] => spans.map(([from, to]) => [from, to]);

/** A shift in the form of the contract. */
export const presentShift = ({ id, patternId, name, day, spans, position, cadreId }: Shift): ShiftReply => ({
  id,
  patternId,
  name,
  day,
  spans: spansOf(spans),
  position,
  cadreId,
});

/** The community's patterns and cover hours. */
export const presentPlan = ({ patterns, cover }: RosterPlan): Reply<"GET /api/communities/:id/roster/plan"> => ({
  patterns: patterns.map((pattern) => ({
    ...pattern,
    spans: spansOf(pattern.spans),
    weekdays: [...pattern.weekdays],
    cadreIds: [...pattern.cadreIds],
  })),
  cover: spansOf(cover),
});

/** A swap with the current state of its shifts and the actor's `abilities`. */
export function presentSwap(
  actor: Actor,
  week: Pick<RosterWeek, "communityId" | "monday" | "shifts">,
  swap: Swap,
  names: ReadonlyMap<string, string>,
  now: Date,
): SwapReply {
  const { communityId, monday, shifts } = week;
  const find = (id: string | null): ShiftReply | null => {
    const found = shifts.find((shift) => shift.id === id);
    return found ? presentShift(found) : null;
  };
  const person = (id: string) => ({ id, name: names.get(id) ?? "" });
  return {
    id: swap.id,
    communityId,
    monday,
    state: swap.state,
    from: person(swap.fromId),
    to: person(swap.toId),
    shift: find(swap.shiftId),
    returnShift: find(swap.returnShiftId),
    note: swap.note,
    askedAt: instant(swap.askedAt),
    abilities: swapAbilities(swap, communityId, actor, now),
  };
}

const noLoad: Omit<Load, "cadreId"> = { minutes: 0, evenings: 0, nights: 0, weekends: 0, holidays: 0 };

function loadOf(loads: readonly Load[], id: string): Omit<Load, "cadreId"> {
  const { cadreId: _cadreId, ...load } = loads.find(({ cadreId }) => cadreId === id) ?? { ...noLoad, cadreId: id };
  return load;
}

/** A week with its gaps and loads, and the actor's `abilities`. */
export function presentWeek(actor: Actor, view: WeekView): RosterWeekReply {
  const { week, context, coverage, loads } = view;
  const { communityId, monday } = week;
  const { calendar, cadres, absences, now } = context;
  const names = new Map([...cadres].map(([id, { name }]) => [id, name]));
  const clerk = hasRole(actor, "committee", communityId);
  const draft = week.state === "draft";
  const clashing = new Set(view.clashes.map(({ id }) => id));
  const away = new Set(shiftsDuringAbsence(monday, week.shifts, absences).map(({ id }) => id));
  const days = Array.from({ length: 7 }, (_, n) => addDays(monday, n));
  return {
    communityId,
    monday,
    state: week.state,
    publishedAt: instantOrNull(week.publishedAt),
    yearKnown: days.every((day) => isYearKnown(calendar, day)),
    days: days.map((day) => ({
      day,
      kind: calendar.days[day]?.kind ?? null,
      name: calendar.days[day]?.name ?? null,
    })),
    cadres: [...cadres].map(([id, { name, positions }]) => ({
      id,
      name,
      positions: [...positions],
      week: loadOf(loads.week, id),
      recent: loadOf(loads.recent, id),
    })),
    shifts: week.shifts.map((shift) => ({
      ...presentShift(shift),
      away: away.has(shift.id),
      clash: clashing.has(shift.id),
    })),
    gaps: coverage.gaps,
    backups: week.backups.map(({ from, to, cadreId }) => ({ from, to, cadreId })),
    alone: spansOf(coverage.alone),
    coveredMinutes: coverage.coveredMinutes,
    coverMinutes: coverage.coverMinutes,
    positions: coverage.positions,
    // The reason of an absence is known to the cadre and the committee only.
    leaves: view.leaves
      .filter(({ cadreId }) => clerk || cadreId === actor.userId)
      .map((leave) => presentLeave(actor, leave, now)),
    swaps: week.swaps.map((swap) => presentSwap(actor, week, swap, names, now)),
    abilities: [
      ...(clerk ? (["change", "name-backups"] as const) : []),
      ...(clerk && draft ? (["publish"] as const) : []),
      ...(clerk && draft && week.version > 0 ? (["reset"] as const) : []),
    ],
  };
}

/** A cadre's own shifts, swaps and leaves. */
export const presentMyShifts = (
  actor: Actor,
  mine: MyShifts,
  names: ReadonlyMap<string, string>,
  at: Date,
): Reply<"GET /api/me/shifts"> => ({
  communityId: mine.communityId,
  now: mine.now && { shiftId: mine.now.shiftId, from: instant(mine.now.from), to: instant(mine.now.to) },
  shifts: mine.shifts.map(({ shift, ...rest }) => ({ ...presentShift(shift), ...rest })),
  onCall: mine.onCall.map(({ from, to }) => ({ from: instant(from), to: instant(to) })),
  swaps: mine.swaps.map(({ week, swap }) => presentSwap(actor, week, swap, names, at)),
  leaves: mine.leaves.map((leave) => presentLeave(actor, leave, at)),
});

/** The calendar file that a calendar program downloads. */
export function presentFeed({ name, events }: { name: string; events: readonly FeedEvent[] }, now: Date) {
  const text = calendarFile(
    `${name} 的班表`,
    events.map(({ id, from, to, kind, name: shift, communityName, address }) => ({
      id,
      from,
      to,
      summary: kind === "shift" ? `${shift} · ${communityName}` : `备勤 · ${communityName}`,
      location: kind === "shift" ? address : "",
      busy: kind === "shift",
    })),
    now,
  );
  const body = Buffer.from(text);
  return { body, type: "text/calendar; charset=utf-8", bytes: body.length };
}
