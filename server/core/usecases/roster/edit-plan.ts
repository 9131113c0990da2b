import type { CommandContext } from "../../../kernel/command.ts";
import type { Actor } from "../../../kernel/actor.ts";
import type { Span } from "../../domain/community/calendar.ts";
import { refuse } from "../../../kernel/errors.ts";
import { type Pattern, type RosterPlan, assertCover, newPlan, putPattern } from "../../domain/roster/roster-plan.ts";
import type { Uses } from "../../ports.ts";
import { planIdOf } from "../community/read-calendar.ts";
import { assertCommittee, assertStaff, planOf } from "./read-week.ts";
import { type AggregateStep, takeAggregateStep } from "../../../kernel/take-aggregate-step.ts";

/** The community's patterns and cover hours, for its staff. Throws `auth.forbidden`. */
export async function readPlan(deps: Uses<"store">, actor: Actor, communityId: string): Promise<RosterPlan> {
  assertStaff(actor, communityId);
  return planOf(deps, communityId);
}

async function takePlanStep(
  deps: Uses<"clock" | "store" | "wakeRelay">,
  command: CommandContext,
  communityId: string,
  decide: (plan: RosterPlan) => AggregateStep<RosterPlan> | null,
): Promise<RosterPlan> {
  assertCommittee(command.actor, communityId);
  const id = planIdOf(communityId);
  const repository = deps.store.rosterPlans;
  const target = {
    repository,
    kind: "roster-plan" as const,
    id,
    blank: newPlan(id, communityId),
    unknown: "community.unknown" as const,
  };
  return takeAggregateStep(deps, command, target, decide);
}

/**
 * Adds a pattern, or replaces the one with its id. It affects weeks that are not changed or published yet. Throws
 * `auth.forbidden`, and what `putPattern` throws.
 */
export async function savePattern(
  deps: Uses<"clock" | "store" | "wakeRelay">,
  command: CommandContext,
  communityId: string,
  pattern: Pattern,
): Promise<RosterPlan> {
  const cadres = new Set((await deps.store.users.cadresOf(communityId)).map(({ id }) => id));
  return takePlanStep(deps, command, communityId, (plan) => ({
    set: { patterns: putPattern(plan, pattern, cadres) },
    type: "roster.pattern_saved",
    data: { patternId: pattern.id, name: pattern.name, spans: pattern.spans, cadreIds: pattern.cadreIds },
    cadreIds: [],
  }));
}

/** Removes a pattern. Throws `auth.forbidden`, `roster.pattern_unknown`. */
export async function removePattern(
  deps: Uses<"clock" | "store" | "wakeRelay">,
  command: CommandContext,
  communityId: string,
  patternId: string,
): Promise<RosterPlan> {
  return takePlanStep(deps, command, communityId, (plan) => {
    const pattern = plan.patterns.find(({ id }) => id === patternId) ?? refuse("roster.pattern_unknown");
    return {
      set: { patterns: plan.patterns.filter((each) => each !== pattern) },
      type: "roster.pattern_removed",
      data: { patternId, name: pattern.name },
      cadreIds: [],
    };
  });
}

/** Sets the hours of each day that must be covered. Throws `auth.forbidden`, `roster.spans_invalid`. */
export async function setCover(
  deps: Uses<"clock" | "store" | "wakeRelay">,
  command: CommandContext,
  communityId: string,
  cover: readonly Span[],
): Promise<RosterPlan> {
  return takePlanStep(deps, command, communityId, () => {
    assertCover(cover);
    return { set: { cover }, type: "roster.cover_set", data: { cover }, cadreIds: [] };
  });
}
