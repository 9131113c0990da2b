import type { Asking } from "../../../kernel/command.ts";
import { refuse } from "../../../kernel/errors.ts";
import { turnToStart, turns } from "../../domain/roster/roster-duty.ts";
import { type User, isOnDuty, isUntold } from "../../domain/accounts/user.ts";
import type { Uses } from "../../ports.ts";
import { takeUserStep } from "../accounts/take-user-step.ts";
import { publishedWeeks } from "../roster/published.ts";
import { settleDutyOf } from "./settle-duties.ts";

const DAY = 86_400_000;

/**
 * Puts a cadre on duty for the stretch of the published roster that runs or begins within half an hour, until its end. Of a split
 * shift each stretch is checked in to. Throws `duty.no_shift`, `write.contended`.
 */
export async function checkIn(
  deps: Uses<"clock" | "holidays" | "keys" | "kick" | "store" | "words">,
  asking: Asking,
): Promise<User> {
  const { actor } = asking;
  const communityId = actor.communityIds[0] ?? refuse("auth.forbidden");
  const at = deps.clock.now();
  const { weeks, absences } = await publishedWeeks(deps, communityId, at, new Date(at.getTime() + DAY));
  const own = turns(weeks, absences).filter(({ cadreId }) => cadreId === actor.userId);
  const turn = turnToStart(own, at) ?? refuse("duty.no_shift");
  await settleDutyOf(deps, actor.userId);
  const cadre = await takeUserStep(deps, asking, actor.userId, "auth.session_ended", (user, now) => {
    if (isUntold(user.duty, now)) refuse("write.contended");
    const goesOn = user.duty && isOnDuty(user, communityId, now);
    if (goesOn && user.duty?.shiftId === turn.shiftId && user.duty.until.getTime() === turn.to.getTime()) return null;
    const startedAt = goesOn && user.duty ? user.duty.startedAt : now;
    return {
      type: "duty.started",
      communityId,
      residentId: null,
      set: { duty: { communityId, startedAt, until: turn.to, shiftId: turn.shiftId } },
      data: { until: turn.to.toISOString(), shiftId: turn.shiftId },
    };
  });
  await deps.store.requests.dispatchAgain(communityId, deps.clock.now());
  return cadre;
}
