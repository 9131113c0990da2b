import { openSpans } from "../../domain/community/calendar.ts";
import type { Community } from "../../domain/community/community.ts";
import type { OfficeHours } from "../../domain/community/working-time.ts";
import type { Uses } from "../../ports.ts";
import { calendarOf } from "./read-calendar.ts";

/** The opening hours of the community's office: its working hours on its calendar. */
export async function officeHoursOf(
  deps: Uses<"holidays" | "store">,
  { id, workingHours }: Pick<Community, "id" | "workingHours">,
): Promise<OfficeHours> {
  const calendar = await calendarOf(deps, id);
  return (day) => openSpans(calendar, workingHours, day);
}
