import type { Me, Session } from "../../../../contract/index.ts";
import { maskPhone } from "../../domain/privacy/mask.ts";
import { type User, membershipInUse, tierOf, toActor } from "../../domain/accounts/user.ts";
import { ACCESS_SECONDS } from "../../../adapters/identity/tokens.ts";
import type { Uses } from "../../ports.ts";
import type { OpenSession } from "../../usecases/accounts/open-session.ts";
import { instant, instantOrNull } from "../time.ts";

/**
 * A user's own data; `names`: of communities, by id. The address in full, since it is one's own; the phone masked,
 * since a screen is looked at by others.
 */
export function presentMe(deps: Uses<"clock" | "files" | "keys">, user: User, names: ReadonlyMap<string, string>): Me {
  const now = deps.clock.now();
  const { open } = deps.keys;
  const { registration } = user;
  const held = membershipInUse(user);
  const actor = toActor(user);
  const masked = (sealed: NonNullable<User["phone"]>): string => maskPhone(open(sealed, "phone"));
  return {
    id: user.id,
    name: user.name,
    phone: user.phone && masked(user.phone),
    photoUrl: held?.photoFileId ? deps.files.url(held.photoFileId, now) : null,
    tier: tierOf(user),
    registration: registration && {
      communityId: registration.communityId,
      communityName: names.get(registration.communityId) ?? "",
      phone: masked(registration.phone),
      building: registration.building,
      unit: open(registration.unit, "unit"),
      room: open(registration.room, "room"),
      registeredAt: instant(registration.registeredAt),
      confirmedAt: instantOrNull(registration.confirmedAt),
    },
    memberships: user.memberships.map(({ id, role, communityId, organizationName, title, positions }) => ({
      id,
      role,
      communityId,
      communityName: communityId ? (names.get(communityId) ?? "") : null,
      organizationName,
      title,
      positions: [...positions],
    })),
    actingAs: {
      membershipId: held?.id ?? null,
      role: held?.role ?? "resident",
      communityId: held ? held.communityId : (registration?.communityId ?? null),
    },
    onDutyUntil: actor.dutyUntil && actor.dutyUntil > now ? instant(actor.dutyUntil) : null,
    largeText: user.largeText,
  };
}

/** A login's reply. */
export const presentSession = (
  deps: Uses<"clock" | "files" | "keys">,
  { accessToken, refreshToken, user }: OpenSession,
  names: ReadonlyMap<string, string>,
): Session => ({
  accessToken,
  refreshToken,
  expiresIn: ACCESS_SECONDS,
  user: presentMe(deps, user, names),
});
