import type { Asking } from "../../../kernel/command.ts";
import { refuse } from "../../../kernel/errors.ts";
import { type User, isOnDuty, isUntold } from "../../domain/accounts/user.ts";
import type { Uses } from "../../ports.ts";
import { takeUserStep } from "../accounts/take-user-step.ts";
import { settleDutyOf } from "./settle-duties.ts";

/** The longest shift, ms: long enough for a night, short enough that a forgotten one ends by itself. */
const LONGEST_MS = 16 * 3_600_000;

/** Puts a cadre on duty until then; one who is on duty already changes the end. Throws `duty.until_invalid`, `write.contended`. */
export async function startDuty(
  deps: Uses<"clock" | "holidays" | "keys" | "kick" | "store" | "words">,
  asking: Asking,
  until: Date,
): Promise<User> {
  const communityId = asking.actor.communityIds[0] ?? refuse("auth.forbidden");
  await settleDutyOf(deps, asking.actor.userId);
  const cadre = await takeUserStep(deps, asking, asking.actor.userId, "auth.session_ended", (user, now) => {
    if (until <= now || until.getTime() - now.getTime() > LONGEST_MS)
      refuse("duty.until_invalid", { longestHours: 16 });
    if (isUntold(user.duty, now)) refuse("write.contended");
    const goesOn = user.duty && isOnDuty(user, communityId, now);
    return {
      type: "duty.started",
      communityId,
      residentId: null,
      set: { duty: { communityId, startedAt: goesOn && user.duty ? user.duty.startedAt : now, until } },
      data: { until: until.toISOString() },
    };
  });
  await deps.store.requests.dispatchAgain(communityId, deps.clock.now());
  return cadre;
}
