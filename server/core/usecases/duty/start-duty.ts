import type { CommandContext } from "../../../kernel/command.ts";
import { refuse } from "../../../kernel/errors.ts";
import { type User, isCadreOf, isOnDuty, isDutyEndUnrecorded } from "../../domain/accounts/user.ts";
import type { Uses } from "../../ports.ts";
import { takeUserStep } from "../accounts/take-user-step.ts";
import { endExpiredDuty } from "./end-expired-duties.ts";

/** The longest duty, in ms: long enough for a night, and short enough that a forgotten one ends soon. */
const MAX_MS = 16 * 3_600_000;

/**
 * Puts a cadre on duty until a time. For a cadre on duty it changes the end. Throws `duty.until_invalid`,
 * `write.contended`.
 */
export async function startDuty(
  deps: Uses<"clock" | "holidays" | "keys" | "store" | "wakeRelay" | "wordCheck">,
  command: CommandContext,
  until: Date,
): Promise<User> {
  const communityId = command.actor.communityIds[0] ?? refuse("auth.forbidden");
  await endExpiredDuty(deps, command.actor.userId);
  const cadre = await takeUserStep(deps, command, command.actor.userId, "auth.session_ended", (user, now) => {
    if (until <= now || until.getTime() - now.getTime() > MAX_MS) refuse("duty.until_invalid", { longestHours: 16 });
    // The post may have ended since the call came in.
    if (!isCadreOf(user, communityId)) refuse("auth.session_ended");
    if (isDutyEndUnrecorded(user.duty, now)) refuse("write.contended");
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
