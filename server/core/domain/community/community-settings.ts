import type { WorkingHours } from "./calendar.ts";
import type { Community } from "./community.ts";
import { assertCover } from "../roster/roster-plan.ts";
import { refuse } from "../../../kernel/errors.ts";

/** The settings that a committee makes for its office. */
export interface CommunitySettings extends Pick<Community, "phone" | "address" | "officeHours"> {
  workingHours: WorkingHours;
  offerMinutes: number;
  /** Empty when nobody is named. */
  unitHead: string;
}

/** How long an offer stands where a community has not set it, in minutes. */
export const DEFAULT_OFFER_MINUTES = 5;

/** A community's settings with defaults for missing ones. */
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
 * Names of the settings that differ. Throws `roster.spans_invalid` for invalid hours, `community.closed` for an office
 * that never opens.
 */
export function changedSettings(before: CommunitySettings, after: CommunitySettings): string[] {
  assertCover(after.workingHours.spans);
  if (!after.workingHours.weekdays.length || !after.workingHours.spans.length) refuse("community.closed");
  const names = Object.keys(after) as (keyof CommunitySettings)[];
  return names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
}
