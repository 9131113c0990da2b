import type { CommandContext } from "../../../kernel/command.ts";
import type { Day } from "../../domain/community/calendar.ts";
import { type Backup, type RosterWeek, type Shift, expandPatterns } from "../../domain/roster/roster.ts";
import {
  type ShiftChange,
  type WeekContext,
  assertNoNewGap,
  assertPublishable,
  changeShifts,
  coverageOf,
  setBackups,
} from "../../domain/roster/roster-week.ts";
import type { Uses } from "../../ports.ts";
import { idFromKey, newId } from "../../../kernel/ids.ts";
import { assertCommittee, weekContext } from "./read-week.ts";
import { type AggregateStep, takeAggregateStep } from "../../../kernel/take-aggregate-step.ts";

/** Takes a step of a week. A week that is not stored yet is made from the patterns. */
export async function takeWeekStep(
  deps: Uses<"clock" | "holidays" | "store" | "wakeRelay">,
  command: CommandContext,
  communityId: string,
  monday: Day,
  decide: (week: RosterWeek, context: WeekContext) => AggregateStep<RosterWeek> | null,
): Promise<RosterWeek> {
  const { context, blank } = await weekContext(deps, communityId, monday);
  const target = {
    repository: deps.store.rosterWeeks,
    kind: "roster-week" as const,
    id: blank.id,
    blank,
    unknown: "roster.week_invalid" as const,
  };
  return takeAggregateStep(deps, command, target, (week) => decide(week, context));
}

/** A change as requested. A new shift has no id yet. */
export type AskedChange = Exclude<ShiftChange, { do: "add" }> | { do: "add"; shift: Omit<Shift, "id" | "patternId"> };

const withId = (change: AskedChange, n: number, { idempotency }: CommandContext): ShiftChange =>
  change.do === "add"
    ? {
        do: "add",
        shift: {
          ...change.shift,
          id: idempotency ? idFromKey(`shift:${idempotency.key}:${n}`) : newId(),
          patternId: null,
        },
      }
    : change;

/** Changes shifts manually, all of them or none. Throws `auth.forbidden`, and what {@link changeShifts} throws. */
export async function changeWeek(
  deps: Uses<"clock" | "holidays" | "store" | "wakeRelay">,
  command: CommandContext,
  communityId: string,
  monday: Day,
  asked: readonly AskedChange[],
): Promise<RosterWeek> {
  assertCommittee(command.actor, communityId);
  const changes = asked.map((change, n) => withId(change, n, command));
  return takeWeekStep(deps, command, communityId, monday, (week, context) => {
    const { shifts, swaps, told, cadreIds } = changeShifts(week, changes, context);
    return {
      // The first change also stores the shifts that the patterns made.
      set: { shifts, swaps },
      type: week.state === "published" ? "roster.changed" : "roster.drafted",
      data: { monday, changes: told },
      cadreIds: week.state === "published" ? cadreIds : [],
    };
  });
}

/**
 * Resets a draft to the shifts that the patterns make; backups stay. Nothing happens to a published week. Throws
 * `auth.forbidden`, and `roster.gap_without_backup` when it would open a gap in the next week.
 */
export async function resetWeek(
  deps: Uses<"clock" | "holidays" | "store" | "wakeRelay">,
  command: CommandContext,
  communityId: string,
  monday: Day,
): Promise<RosterWeek> {
  assertCommittee(command.actor, communityId);
  return takeWeekStep(deps, command, communityId, monday, (week, context) => {
    if (week.state === "published" || week.version === 0) return null;
    const shifts = expandPatterns(context.plan.patterns, context.calendar, monday);
    assertNoNewGap(week, { ...week, shifts }, context);
    return {
      set: { shifts },
      type: "roster.reset",
      data: { monday },
      cadreIds: [],
    };
  });
}

/** Sets who is on call in hours that nobody works. Throws `auth.forbidden`, and what {@link setBackups} throws. */
export async function nameBackups(
  deps: Uses<"clock" | "holidays" | "store" | "wakeRelay">,
  command: CommandContext,
  communityId: string,
  monday: Day,
  backups: readonly Backup[],
): Promise<RosterWeek> {
  assertCommittee(command.actor, communityId);
  return takeWeekStep(deps, command, communityId, monday, (week, context) => ({
    set: { backups: setBackups(week, backups, context) },
    type: "roster.backups_named",
    data: {
      monday,
      backups: backups.map((backup) => ({ ...backup, cadreName: context.cadres.get(backup.cadreId)?.name ?? "" })),
    },
    cadreIds: week.state === "published" ? [...new Set(backups.map(({ cadreId }) => cadreId))] : [],
  }));
}

/**
 * Publishes a week. From then on it decides who is on duty. Throws `auth.forbidden`, `roster.gap_without_backup`,
 * `roster.clash`.
 */
export async function publishWeek(
  deps: Uses<"clock" | "holidays" | "store" | "wakeRelay">,
  command: CommandContext,
  communityId: string,
  monday: Day,
): Promise<RosterWeek> {
  assertCommittee(command.actor, communityId);
  return takeWeekStep(deps, command, communityId, monday, (week, context) => {
    if (week.state === "published") return null;
    assertPublishable(week, context);
    const { gaps } = coverageOf(week, context);
    return {
      set: { state: "published", publishedAt: context.now, shifts: week.shifts },
      type: "roster.published",
      data: { monday, shifts: week.shifts.length, gapsOnCall: gaps.length },
      cadreIds: [...new Set([...week.shifts, ...week.backups].map(({ cadreId }) => cadreId))],
    };
  });
}
