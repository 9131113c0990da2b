import ical, { ICalCalendarMethod, ICalEventBusyStatus } from "ical-generator";

/** One event of a calendar file; times are instants. */
export interface CalendarEvent {
  id: string;
  from: Date;
  to: Date;
  summary: string;
  location: string;
  /** False: on call, one may be elsewhere. */
  busy: boolean;
}

/** How often a calendar program should look again, seconds. */
const REFRESH = 3600;

/** An iCalendar file (RFC 5545). Times are in UTC: the phone shows them in its own zone. */
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
