import { refuse } from "../../domain/errors.ts";
import { type User, isOnDuty } from "../../domain/user.ts";
import type { Asking, Deps } from "../../ports.ts";
import { takeUserStep } from "../account/take-user-step.ts";
import { returnUnstarted } from "./return-unstarted.ts";

/** Ends a cadre's duty now. The duty stays with the user, with now as its end; claims that were not begun go back to the queue. Throws `duty.not_on_duty`, `write.contended`. */
export async function endDuty(deps: Deps, asking: Asking): Promise<User> {
  const communityId = asking.actor.communityIds[0] ?? refuse("auth.forbidden");
  const cadre = await takeUserStep(deps, asking, asking.actor.userId, "auth.session_ended", (user, now) => {
    if (!user.duty || !isOnDuty(user, communityId, now)) refuse("duty.not_on_duty");
    return {
      type: "duty.ended",
      communityId,
      residentId: null,
      set: { duty: { ...user.duty, until: now } },
      data: { startedAt: user.duty.startedAt.toISOString() },
    };
  });
  await returnUnstarted(deps, communityId);
  return cadre;
}
