import { publicHolidays } from "../../server/adapters/calendar/public-holidays.ts";
import {
  type Day,
  MINUTES_A_DAY,
  addDays,
  daysBetween,
  instantOf,
} from "../../server/core/domain/community/calendar.ts";
import { cadres as demoCadres } from "../../server/demo/people.ts";
import { patternsOf } from "../../server/demo/roster-patterns.ts";
import { coverage } from "../../server/core/domain/roster/roster-coverage.ts";
import { backupAt, turns } from "../../server/core/domain/roster/roster-duty.ts";
import { type Load, addLoads, fairness } from "../../server/core/domain/roster/roster-fairness.ts";
import { type Pattern, newPlan } from "../../server/core/domain/roster/roster-plan.ts";
import { presence } from "../../server/core/domain/roster/roster-presence.ts";
import { type RosterWeek, MINUTES_A_WEEK, expandPatterns } from "../../server/core/domain/roster/roster.ts";
import type { Worker } from "./counter.ts";

/** Thirty days from a Monday, including the three holidays of Qingming. */
export const firstDay: Day = "2026-03-16";
export const DAYS = 30;
/** More weeks than thirty days, so that requests of the last day are handled to the end. */
const WEEKS = 7;

export const calendar = publicHolidays();

/** The demo's seven cadres of 西子湾 with their positions. */
const cadres = demoCadres
  .filter(({ membership }) => membership?.communityIds.includes("xiziwan"))
  .map(({ name, membership }) => ({ id: name, positions: membership?.positions ?? [] }));
const ids = cadres.map(({ id }) => id);

/** Office hours that rotate daily. `first` separates the patterns of different cadres. */
const officeHours = (first: number): Pattern => ({
  ...{ id: `office-${first}`, name: "坐班", spans: [[510, 1020]], position: null, turn: "daily" },
  ...{ weekdays: [1, 2, 3, 4, 5], holidays: "off", makeUp: true, from: firstDay, until: null },
  ...{ cadreIds: [...ids.slice(first), ...ids.slice(0, first)] },
});

/** Both rosters need about the same hours from the same seven cadres. */
const plans: Readonly<Record<RosterName, { patterns: readonly Pattern[]; onCall: boolean }>> = {
  staggered: {
    patterns: patternsOf("xiziwan", firstDay, (index) => ids[index]!),
    onCall: true,
  },
  office: { patterns: [0, 1, 2, 3, 4].map(officeHours), onCall: false },
};

/**
 * `staggered`: early, day, evening, late and weekend shifts with a backup, as in the demo; `office`: Monday to Friday,
 * 8:30 to 17:00.
 */
export type RosterName = "staggered" | "office";

export interface Roster {
  workers: Worker[];
  backupAt: (at: number) => string | null;
  /** The share of all hours of the thirty days with a cadre on duty. */
  coverage: number;
  /** Each cadre's load in the thirty days. */
  loads: Load[];
}

/** A roster from its patterns, published week by week. */
export function rosterOf(name: RosterName): Roster {
  const { patterns, onCall } = plans[name];
  const weeks = Array.from({ length: WEEKS }, (_, n): RosterWeek => {
    const monday = addDays(firstDay, 7 * n);
    const backups = onCall ? [{ from: 0, to: MINUTES_A_WEEK, cadreId: ids[(n + 1) % ids.length]! }] : [];
    const shifts = expandPatterns(patterns, calendar, monday);
    return {
      ...{ id: monday, version: 1, communityId: "xiziwan", monday, state: "published", publishedAt: null },
      ...{ shifts, backups, swaps: [] },
    };
  });
  const all = turns(weeks, []);
  return {
    workers: cadres.map(({ id, positions }) => ({
      id,
      positions,
      turns: all
        .filter(({ cadreId }) => cadreId === id)
        .map(({ from, to }) => ({ from: from.getTime(), to: to.getTime() })),
    })),
    backupAt: (at) => backupAt(weeks, [], new Date(at)),
    ...borne(weeks),
  };
}

/** Coverage and loads of the thirty days only; days of the last week beyond them do not count. */
function borne(weeks: readonly RosterWeek[]): Pick<Roster, "coverage" | "loads"> {
  const { cover } = newPlan("plan", "xiziwan");
  const each = weeks.map(({ monday, shifts }) => {
    const within = shifts.filter((shift) => daysBetween(firstDay, shift.day) < DAYS);
    const stints = presence(monday, within, []);
    const { coveredMinutes } = coverage({ stints, cover, backups: [], positions: [], posts: new Map() });
    return { coveredMinutes, loads: fairness(monday, stints, calendar, ids) };
  });
  const covered = each.reduce((sum, { coveredMinutes }) => sum + coveredMinutes, 0);
  return { coverage: covered / (DAYS * MINUTES_A_DAY), loads: addLoads(each.map(({ loads }) => loads)) };
}

/** The instant of an hour on day `dayNumber`. */
export const hourOf = (dayNumber: number, hour: number): number =>
  instantOf(addDays(firstDay, dayNumber), hour * 60).getTime();
