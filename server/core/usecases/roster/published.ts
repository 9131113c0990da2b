import type { Uses } from "../../ports.ts";
import { addDays, dayOf, daysBetween, instantOf, mondayOf } from "../../domain/community/calendar.ts";
import type { RosterWeek } from "../../domain/roster/roster.ts";
import { type Turn, backupAt as backupOf, turnsAt, weeksAround } from "../../domain/roster/roster-duty.ts";
import type { Absence } from "../../domain/roster/roster-presence.ts";
import { weekIdOf } from "./read-week.ts";

type Reads = Uses<"store">;

/** The published weeks that affect the time from `from` to `to`, and the approved absences in it. */
export async function publishedWeeks(
  deps: Reads,
  communityId: string,
  from: Date,
  to: Date,
): Promise<{ weeks: RosterWeek[]; absences: Absence[] }> {
  const [first] = weeksAround(from);
  const last = mondayOf(dayOf(to));
  const mondays = Array.from({ length: daysBetween(first, last) / 7 + 1 }, (_, n) => addDays(first, 7 * n));
  const [weeks, absences] = await Promise.all([
    deps.store.rosterWeeks.findMany(mondays.map((monday) => weekIdOf(communityId, monday))),
    deps.store.leaves.touching(communityId, ["approved"], instantOf(first, 0), instantOf(addDays(last, 8), 0)),
  ]);
  return { weeks: weeks.filter(({ state }) => state === "published"), absences };
}

/** The stretches of the published roster that include `at`, whether the cadres have checked in or not. */
export async function rosteredAt(deps: Reads, communityId: string, at: Date): Promise<Turn[]> {
  const { weeks, absences } = await publishedWeeks(deps, communityId, at, at);
  return turnsAt(weeks, absences, at);
}

/**
 * The id of the cadre on call (备勤) at `at`; null without one. The dispatcher offers a request to this cadre
 * before it calls the committee.
 */
export async function backupAt(deps: Reads, communityId: string, at: Date): Promise<string | null> {
  const { weeks, absences } = await publishedWeeks(deps, communityId, at, at);
  return backupOf(weeks, absences, at);
}
