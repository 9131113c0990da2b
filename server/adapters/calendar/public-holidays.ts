import published from "chinese-days/dist/chinese-days.json" with { type: "json" };
import type { Calendar, DayKind, SpecialDay } from "../../core/domain/community/calendar.ts";

/**
 * Public holidays and worked weekends as published by the State Council (国务院办公厅放假安排), from a
 * package's data.
 */
export function publicHolidays(): Calendar {
  const days: Record<string, SpecialDay> = {};
  const take = (entries: Record<string, string>, kind: DayKind): void => {
    // Format of the names: "Spring Festival,春节,4", that is English, Chinese, days in lieu.
    for (const [day, names] of Object.entries(entries)) days[day] = { kind, name: names.split(",")[1] ?? names };
  };
  take(published.holidays, "holiday");
  take(published.workdays, "workday");
  return { years: [...new Set(Object.keys(days).map((day) => Number(day.slice(0, 4))))], days };
}
