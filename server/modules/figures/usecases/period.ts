import type { Actor } from "../../../kernel/actor.ts";
import { type Day, daysBetween } from "../../../core/domain/community/calendar.ts";
import { refuse } from "../../../kernel/errors.ts";
import type { Uses } from "../../../core/ports.ts";

/** The first and last day, both inclusive. */
export interface Period {
  from: Day;
  to: Day;
}

const MAX_DAYS = 400;

/** Throws `figures.period_invalid` when the period ends before it begins or is longer than 400 days. */
export function checkPeriod({ from, to }: Period): void {
  const days = daysBetween(from, to);
  if (days < 0 || days > MAX_DAYS) refuse("figures.period_invalid", { longest: MAX_DAYS });
}

/** The communities whose figures are read: the given one, or all of the actor's. Throws `auth.forbidden`. */
export async function communitiesOf(
  deps: Uses<"store">,
  actor: Actor,
  communityId: string | undefined,
): Promise<string[]> {
  const all = actor.role === "admin" ? await deps.store.communities.ids() : actor.communityIds;
  if (communityId && !all.includes(communityId)) refuse("auth.forbidden");
  return communityId ? [communityId] : [...all];
}
