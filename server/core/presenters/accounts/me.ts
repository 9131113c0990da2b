import type { Me, Session } from "../../../../contract/index.ts";
import { maskPhone } from "../../domain/privacy/mask.ts";
import { type User, membershipInUse, tierOf, toActor } from "../../domain/accounts/user.ts";
import type { Uses } from "../../ports.ts";
import type { OpenSession } from "../../usecases/accounts/open-session.ts";
import { instant, instantOrNull } from "../time.ts";

/**
 * A user's own data; `names`: of communities, by id. The address is in full, since it is the user's own. The phone is
 * masked, since others may see the screen.
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

/** The access token of a login. */
export const presentAccess = ({ clock }: Uses<"clock">, { accessToken, accessEndsAt }: OpenSession) => ({
  accessToken,
  expiresIn: Math.max(0, Math.floor((accessEndsAt.getTime() - clock.now().getTime()) / 1_000)),
});

/** A login's reply. The refresh token is left out when it is `inCookie`. */
export const presentSession = (
  deps: Uses<"clock" | "consoleSession" | "files" | "keys">,
  session: OpenSession,
  names: ReadonlyMap<string, string>,
  inCookie: boolean,
): Session => ({
  ...presentAccess(deps, session),
  ...(inCookie ? {} : { refreshToken: session.refreshToken }),
  console:
    session.front === "console"
      ? {
          idleSeconds: deps.consoleSession.idleMs / 1_000,
          endsAt: instant(new Date(session.createdAt.getTime() + deps.consoleSession.absoluteMs)),
        }
      : null,
  user: presentMe(deps, session.user, names),
});
