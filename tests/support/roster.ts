import type { Pattern } from "../../server/core/domain/roster/roster-plan.ts";
import type { RosterWeek, Shift } from "../../server/core/domain/roster/roster.ts";
import type { WeekContext } from "../../server/core/domain/roster/roster-week.ts";
import { newPlan } from "../../server/core/domain/roster/roster-plan.ts";

/** A Monday without holidays nearby. */
export const monday = "2026-03-02";

/** An evening pattern from 17:30 to 21:00, every day, with all of its cadres. */
export const aPattern = (over: Partial<Pattern> = {}): Pattern => ({
  id: "evening",
  name: "晚班",
  position: null,
  spans: [[1050, 1260]],
  weekdays: [1, 2, 3, 4, 5, 6, 7],
  holidays: "same",
  makeUp: false,
  turn: "all",
  cadreIds: ["a"],
  from: "2026-01-05",
  until: null,
  ...over,
});

export const aShift = (id: string, over: Partial<Shift> = {}): Shift => ({
  id,
  patternId: null,
  name: "晚班",
  day: monday,
  spans: [[1050, 1260]],
  position: null,
  cadreId: "a",
  ...over,
});

export const aWeek = (over: Partial<RosterWeek> = {}): RosterWeek => ({
  id: "w",
  version: 1,
  communityId: "east",
  monday,
  state: "draft",
  shifts: [],
  backups: [],
  swaps: [],
  publishedAt: null,
  ...over,
});

/** The context of a week on the Sunday noon before {@link monday}, with cadres a, b and c. */
export const aContext = (over: Partial<WeekContext> = {}): WeekContext => ({
  now: new Date("2026-03-01T12:00:00+08:00"),
  calendar: { years: [2026], days: {} },
  plan: newPlan("p", "east"),
  cadres: new Map([
    ["a", { name: "王敏", positions: ["民政"] }],
    ["b", { name: "李强", positions: ["养老"] }],
    ["c", { name: "陈静", positions: [] }],
  ]),
  absences: [],
  before: [],
  next: aWeek({ monday: "2026-03-09" }),
  positions: ["民政", "养老", "房修"],
  ...over,
});
