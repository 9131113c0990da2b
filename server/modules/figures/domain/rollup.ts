import { minuteOf } from "../../../core/domain/community/calendar.ts";
import type { Day } from "../../../core/domain/community/calendar.ts";
import type { HandlingCycle } from "./handling-cycles.ts";
import { type Tally, countCycle, emptyTally } from "./three-rates.ts";

/** Sums of one day's rounds of one service and cadre; `cadreId` null: nobody had them. */
export interface RollupCell extends Tally {
  serviceCode: string;
  cadreId: string | null;
}

/** What the rounds opened on one day in one community come to. */
export interface Rollup {
  communityId: string;
  day: Day;
  cells: RollupCell[];
  /** Rounds opened in each hour of the day, 24 numbers. */
  hours: number[];
  /** Rounds opened, by building. */
  buildings: { building: string; opened: number }[];
}

/** Sums up a day. The order of the rounds does not matter. */
export function rollUp(communityId: string, day: Day, rounds: readonly HandlingCycle[]): Rollup {
  const cells = new Map<string, RollupCell>();
  const hours = Array.from({ length: 24 }, () => 0);
  const buildings = new Map<string, number>();
  for (const round of rounds) {
    const { serviceCode, cadreId, building } = round;
    const key = `${serviceCode} ${cadreId ?? ""}`;
    const cell = cells.get(key) ?? { serviceCode, cadreId, ...emptyTally() };
    cells.set(key, cell);
    countCycle(cell, round);
    const hour = Math.floor(minuteOf(round.openedAt) / 60);
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
