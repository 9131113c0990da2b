import type { CommandContext } from "../../../kernel/command.ts";
import { refuse } from "../../../kernel/errors.ts";
import { dutyToStart, turns } from "../../domain/roster/roster-duty.ts";
import { type User, isCadreOf, isOnDuty, isDutyEndUnrecorded } from "../../domain/accounts/user.ts";
import type { Uses } from "../../ports.ts";
import { takeUserStep } from "../accounts/take-user-step.ts";
import { publishedWeeks } from "../roster/published.ts";
import { endExpiredDuty } from "./end-expired-duties.ts";

const DAY = 86_400_000;

/**
 * Puts a cadre on duty for the stretch of the published roster that runs or begins within half an hour, until its end.
 * Each stretch of a split shift needs its own check-in. Throws `duty.no_shift`, `write.contended`.
 */
export async function checkIn(
  deps: Uses<"clock" | "holidays" | "keys" | "store" | "wakeRelay" | "wordCheck">,
  command: CommandContext,
): Promise<User> {
  const { actor } = command;
  const communityId = actor.communityIds[0] ?? refuse("auth.forbidden");
  const at = deps.clock.now();
  const { weeks, absences } = await publishedWeeks(deps, communityId, at, new Date(at.getTime() + DAY));
  const own = turns(weeks, absences).filter(({ cadreId }) => cadreId === actor.userId);
  const turn = dutyToStart(own, at) ?? refuse("duty.no_shift");
  await endExpiredDuty(deps, actor.userId);
  const cadre = await takeUserStep(deps, command, actor.userId, "auth.session_ended", (user, now) => {
    // The post may have ended since the call came in.
    if (!isCadreOf(user, communityId)) refuse("auth.session_ended");
    if (isDutyEndUnrecorded(user.duty, now)) refuse("write.contended");
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
