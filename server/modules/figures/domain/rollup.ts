import { minuteOf } from "../../../core/domain/community/calendar.ts";
import type { Day } from "../../../core/domain/community/calendar.ts";
import type { HandlingCycle } from "./handling-cycles.ts";
import { type Tally, countCycle, emptyTally } from "./three-rates.ts";

/** Sums of the handling cycles of one day, service and cadre; `cadreId` null: they had no handler. */
export interface RollupCell extends Tally {
  serviceCode: string;
  cadreId: string | null;
}

/** The figures of the handling cycles that were opened on one day in one community. */
export interface Rollup {
  communityId: string;
  day: Day;
  cells: RollupCell[];
  /** Handling cycles opened in each hour of the day, 24 numbers. */
  hours: number[];
  /** Handling cycles opened, by building. */
  buildings: { building: string; opened: number }[];
}

/** Sums up a day's handling cycles, in any order. */
export function rollUp(communityId: string, day: Day, cycles: readonly HandlingCycle[]): Rollup {
  const cells = new Map<string, RollupCell>();
  const hours = Array.from({ length: 24 }, () => 0);
  const buildings = new Map<string, number>();
  for (const cycle of cycles) {
    const { serviceCode, cadreId, building } = cycle;
    const key = `${serviceCode} ${cadreId ?? ""}`;
    const cell = cells.get(key) ?? { serviceCode, cadreId, ...emptyTally() };
    cells.set(key, cell);
    countCycle(cell, cycle);
    const hour = Math.floor(minuteOf(cycle.openedAt) / 60);
    hours[hour] = (hours[hour] ?? 0) + 1;
    buildings.set(building, (buildings.get(building) ?? 0) + 1);
  }
  return {
    communityId,
    day,
    cells: [...cells].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, cell]) => cell),
    hours,
    buildings: [...buildings]
      .map(([building, opened]) => ({ building, opened }))
      .toSorted((a, b) => b.opened - a.opened || (a.building < b.building ? -1 : 1)),
  };
}
