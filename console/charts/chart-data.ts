import type { FiguresRow, Reply } from "../../contract/index.ts";
import { charts as t } from "../i18n/zh-charts.ts";
import { type Period, daysOf } from "../lib/period.ts";

/** The data of a chart, which are also shown as a table. */
export interface ChartData {
  question: string;
  heads: readonly string[];
  rows: readonly (readonly [label: string, ...numbers: number[]])[];
}

type Figures = Reply<"GET /api/figures">;

const SHOWN = 10;
const openedOf = (row: FiguresRow): number => row.counts.opened ?? 0;
const resolvedOf = (row: FiguresRow): number => row.counts.resolved ?? 0;

/** Requests by day of submission, including days without requests. */
export function byDay(rows: readonly FiguresRow[], period: Period): ChartData {
  const days = new Map(rows.map((row) => [row.key, row]));
  return {
    question: t.days.question,
    heads: [t.days.day, t.days.opened, t.days.resolved],
    rows: daysOf(period).map((day) => {
      const row = days.get(day);
      return [day.slice(5), row ? openedOf(row) : 0, row ? resolvedOf(row) : 0];
    }),
  };
}

/** Requests by weekday and hour. */
export const byHour = (hours: Figures["hours"]): ChartData => ({
  question: t.hours.question,
  heads: [t.hours.weekday, ...Array.from({ length: 24 }, (_, hour) => t.hours.hour(hour))],
  rows: t.hours.weekdays.map((weekday, at) => [weekday, ...(hours[at] ?? [])]),
});

/** Requests by service. */
export const byService = (rows: readonly FiguresRow[]): ChartData => ({
  question: t.services.question,
  heads: [t.services.service, t.services.opened],
  rows: most(rows).map((row) => [row.title, openedOf(row)]),
});

/** Requests by building. */
export const byPlace = (buildings: Figures["buildings"]): ChartData => ({
  question: t.places.question,
  heads: [t.places.building, t.places.opened],
  rows: buildings.slice(0, SHOWN).map(({ building, opened }) => [building, opened]),
});

/** Requests that each cadre holds, resolved and others. */
export const byCadre = (rows: readonly FiguresRow[]): ChartData => ({
  question: t.cadres.question,
  heads: [t.cadres.cadre, t.cadres.resolved, t.cadres.others],
  rows: most(rows).map((row) => [
    row.key === null ? t.cadres.nobody : row.title,
    resolvedOf(row),
    openedOf(row) - resolvedOf(row),
  ]),
});

const most = (rows: readonly FiguresRow[]): FiguresRow[] =>
  rows.toSorted((a, b) => openedOf(b) - openedOf(a)).slice(0, SHOWN);
