import type { WorkingHours } from "./calendar.ts";
import type { Community } from "./community.ts";
import { assertCover } from "../roster/roster-plan.ts";
import { refuse } from "../../../kernel/errors.ts";

/** What a committee decides of how its office works. */
export interface CommunitySettings extends Pick<Community, "phone" | "address" | "officeHours"> {
  workingHours: WorkingHours;
  offerMinutes: number;
  /** Empty: nobody is named. */
  unitHead: string;
}

/** As long as offers stand where a community has not said otherwise, minutes. */
export const DEFAULT_OFFER_MINUTES = 5;

export const settingsOf = ({
  phone,
  address,
  officeHours,
  workingHours,
  offerMinutes,
  unitHead = "",
}: Community): CommunitySettings => ({
  phone,
  address,
  officeHours,
  workingHours,
  unitHead,
  offerMinutes: offerMinutes ?? DEFAULT_OFFER_MINUTES,
});

/**
 * Names of what differs. Throws `roster.spans_invalid` for hours that are none, `community.closed` for an office that
 * never opens.
 */
export function changedSettings(before: CommunitySettings, after: CommunitySettings): string[] {
  assertCover(after.workingHours.spans);
  if (!after.workingHours.weekdays.length || !after.workingHours.spans.length) refuse("community.closed");
  const names = Object.keys(after) as (keyof CommunitySettings)[];
  return names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
}
