import type { CommandContext } from "../../../kernel/command.ts";
import { type Day, type SpecialDay, dayOf } from "../../domain/community/calendar.ts";
import { refuse } from "../../../kernel/errors.ts";
import { hasRole } from "../../../kernel/actor.ts";
import { changeDay, newPlan } from "../../domain/roster/roster-plan.ts";
import type { Uses } from "../../ports.ts";
import { takeAggregateStep } from "../../../kernel/take-aggregate-step.ts";
import { planIdOf } from "./read-calendar.ts";

/**
 * Sets a day of the committee's calendar: holiday, workday, as its weekday says (null), or as published (undefined).
 * Throws `auth.forbidden`, `calendar.day_invalid`, `write.contended`.
 */
export async function setDay(
  deps: Uses<"clock" | "store" | "wakeRelay">,
  command: CommandContext,
  communityId: string,
  day: Day,
  change: SpecialDay | null | undefined,
): Promise<void> {
  if (!hasRole(command.actor, "committee", communityId)) refuse("auth.forbidden");
  const id = planIdOf(communityId);
  const target = {
    repository: deps.store.rosterPlans,
    kind: "roster-plan" as const,
    id,
    blank: newPlan(id, communityId),
    unknown: "community.unknown" as const,
  };
  await takeAggregateStep(deps, command, target, (plan, now) => ({
    set: { days: changeDay(plan, dayOf(now), day, change) },
    type: "calendar.day_changed",
    data: { day, kind: change === undefined ? "published" : (change?.kind ?? "ordinary"), name: change?.name ?? null },
    cadreIds: [],
  }));
}
