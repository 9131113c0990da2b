import type { Actor } from "../../../kernel/actor.ts";
import { refuse } from "../../../kernel/errors.ts";
import type { User } from "../../domain/accounts/user.ts";
import type { Uses } from "../../ports.ts";
import { takeUserStep } from "./take-user-step.ts";

/**
 * Confirms the resident's home. The committee may do so, and a cadre who has served the resident; nobody may confirm
 * their own home. Confirming again changes nothing. Throws `resident.unknown`, `resident.not_served_by_you`,
 * `write.contended`.
 */
export async function confirmResident(
  deps: Uses<"clock" | "store" | "wakeRelay">,
  actor: Actor,
  residentId: string,
): Promise<User> {
  return takeUserStep(deps, { actor, idempotency: null }, residentId, "resident.unknown", async (user, now) => {
    const { registration } = user;
    if (!registration || !actor.communityIds.includes(registration.communityId)) refuse("resident.unknown");
    // A person cannot confirm their own home.
    if (actor.ids.includes(user.id)) refuse("resident.not_served_by_you");
    const trusted = actor.role === "committee";
    if (!trusted && !(await deps.store.requests.hasServed(actor.userId, [user.id, ...user.mergedIds])))
      refuse("resident.not_served_by_you");
    if (registration.confirmedAt) return null;
    return {
      type: "resident.confirmed",
      communityId: registration.communityId,
      residentId: user.id,
      set: { registration: { ...registration, confirmedAt: now, confirmedBy: actor.userId } },
      data: { building: registration.building },
    };
  });
}
