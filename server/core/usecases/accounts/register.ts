import type { Actor } from "../../../kernel/actor.ts";
import { refuse } from "../../../kernel/errors.ts";
import type { User } from "../../domain/accounts/user.ts";
import type { Uses } from "../../ports.ts";
import { assertHome } from "./assert-home.ts";
import { takeUserStep } from "./take-user-step.ts";

/** The input of a registration. */
export interface RegistrationInput {
  communityId: string;
  name: string;
  /** When left out: the phone registered before, or else the one verified by a code. */
  phone?: string | undefined;
  building: string;
  unit: string;
  room: string;
}

/**
 * Real-name registration with name, phone and home. After a change of name or home the resident has to be confirmed
 * again; after a change of phone not. The name of a person with a post is set by the committee and stays. Throws
 * `community.unknown`, `registration.building_unknown`, `registration.phone_missing`, `write.contended`.
 */
export async function register(
  deps: Uses<"clock" | "keys" | "store" | "wakeRelay">,
  actor: Actor,
  input: RegistrationInput,
): Promise<User> {
  await assertHome(deps, input.communityId, input);
  const { seal } = deps.keys;
  const asResident: Actor = { ...actor, role: "resident", name: input.name };
  return takeUserStep(
    deps,
    { actor: asResident, idempotency: null },
    actor.userId,
    "auth.session_ended",
    (user, now) => {
      const name = user.memberships.length > 0 && user.name ? user.name : input.name;
      const before = user.registration;
      const phone = input.phone ? seal(input.phone, "phone") : (before?.phone ?? user.phone);
      if (!phone) refuse("registration.phone_missing");
      const same = before !== null && user.name === name && sameHome(deps, before, input);
      return {
        type: "resident.registered",
        communityId: input.communityId,
        residentId: user.id,
        set: {
          name,
          registration: {
            communityId: input.communityId,
            phone,
            building: input.building,
            unit: seal(input.unit, "unit"),
            room: seal(input.room, "room"),
            registeredAt: now,
            confirmedAt: same ? before.confirmedAt : null,
            confirmedBy: same ? before.confirmedBy : null,
          },
        },
        data: { building: input.building, again: before !== null },
      };
    },
  );
}

function sameHome(deps: Uses<"keys">, before: NonNullable<User["registration"]>, input: RegistrationInput): boolean {
  return (
    before.communityId === input.communityId &&
    before.building === input.building &&
    deps.keys.open(before.unit, "unit") === input.unit &&
    deps.keys.open(before.room, "room") === input.room
  );
}
