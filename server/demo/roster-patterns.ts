import type { Pattern } from "../core/domain/roster/roster-plan.ts";

const [EARLY, NOON, EVENING, LATE]: [number, number][] = [
  [450, 570],
  [540, 1050],
  [1050, 1290],
  [1080, 1320],
] as const;
const everyDay = [1, 2, 3, 4, 5, 6, 7];

interface Planned extends Pick<Pattern, "name" | "spans" | "weekdays" | "turn"> {
  id: string;
  /** Indexes into the demo's cadres. */
  by: readonly number[];
}
const daily = (id: string, name: string, spans: Pattern["spans"], by: readonly number[]): Planned => ({
  id,
  name,
  spans,
  by,
  weekdays: everyDay,
  turn: "daily",
});
const fixed = (
  id: string,
  name: string,
  spans: Pattern["spans"],
  weekdays: readonly number[],
  by: readonly number[],
): Planned => ({ id, name, spans, weekdays, by, turn: "all" });

/** Staggered hours all year: before work, during the day, evenings until 21:00 or 22:00, and weekends. */
const patterns: Readonly<Record<string, readonly Planned[]>> = {
  xiziwan: [
    daily("split", "早晚班", [EARLY, [1050, 1260]], [3, 4, 5, 6, 0, 1, 2]),
    daily("day-a", "白班", [NOON], [4, 5, 6, 0, 1, 2, 3]),
    daily("day-b", "白班", [NOON], [5, 6, 0, 1, 2, 3, 4]),
    daily("evening", "晚班", [EVENING], [2, 3, 4, 5, 6, 0, 1]),
    daily("late", "夜间班", [LATE], [0, 1, 2, 3, 4, 5, 6]),
  ],
  kangcheng: [
    fixed("early", "早班", [EARLY], [1, 2, 3, 4, 5], [11]),
    fixed("day-a", "白班", [NOON], [1, 3, 5], [8, 10]),
    fixed("day-b", "白班", [NOON], [2, 4], [7, 9]),
    fixed("day-c", "周末白班", [NOON], [6, 7], [11]),
    fixed("evening-a", "晚班", [EVENING], [1, 3, 5, 7], [7, 9]),
    fixed("evening-b", "晚班", [EVENING], [2, 4, 6], [8, 10]),
  ],
};
/** The on-call cadres of each community, one per week in turn. */
export const onCall: Readonly<Record<string, readonly number[]>> = {
  xiziwan: [1, 2, 3, 4, 5, 6, 0],
  kangcheng: [7, 8, 9, 10, 11],
};

/** The shift patterns of a community from that day on; `idOf` maps a cadre's index to the user id. */
export const patternsOf = (communityId: string, from: Pattern["from"], idOf: (index: number) => string): Pattern[] =>
  (patterns[communityId] ?? []).map(({ by, ...pattern }) => ({
    ...pattern,
    ...{ position: null, holidays: "same", makeUp: false, cadreIds: by.map(idOf), from, until: null },
  }));
