import { type Day, type DayChanges, type SpecialDay, addDays, daysBetween } from "./calendar.ts";
import { refuse } from "./errors.ts";

/** What a community's roster is made from. One for each community; `version` counts its changes. */
export interface RosterPlan {
  id: string;
  version: number;
  communityId: string;
  /** Days that the committee keeps otherwise than the state publishes. */
  days: DayChanges;
}

export const newPlan = (id: string, communityId: string): RosterPlan => ({ id, version: 0, communityId, days: {} });

/** How far from today a day may be changed, days: a slip in the year shows. */
const FARTHEST = 800;

/** The plan's days with one changed; undefined takes the change back. Throws `calendar.day_invalid`. */
export function changeDay(plan: RosterPlan, today: Day, day: Day, change: SpecialDay | null | undefined): DayChanges {
  if (Math.abs(daysBetween(today, day)) > FARTHEST)
    refuse("calendar.day_invalid", { from: addDays(today, -FARTHEST), to: addDays(today, FARTHEST) });
  const { [day]: _before, ...others } = plan.days;
  return change === undefined ? others : { ...others, [day]: change };
}
