import ical, { ICalCalendarMethod, ICalEventBusyStatus } from "ical-generator";

/** An event of a calendar file. */
export interface CalendarEvent {
  id: string;
  from: Date;
  to: Date;
  summary: string;
  location: string;
  /** False for being on call, when one may be elsewhere. */
  busy: boolean;
}

/** How often calendar programs should refresh the file, seconds. */
const REFRESH = 3600;

/** Prints an iCalendar file (RFC 5545). Times are in UTC; calendar programs convert them to their own zone. */
export function calendarFile(name: string, events: readonly CalendarEvent[], now: Date): string {
  const calendar = ical({ name, method: ICalCalendarMethod.PUBLISH, ttl: REFRESH, prodId: "//dianxiaoer//roster//ZH" });
  for (const { id, from, to, summary, location, busy } of events) {
    calendar.createEvent({
      id: `${id}@dianxiaoer`,
      start: from,
      end: to,
      stamp: now,
      summary,
      location,
      busystatus: busy ? ICalEventBusyStatus.BUSY : ICalEventBusyStatus.FREE,
    });
  }
  return calendar.toString();
}
