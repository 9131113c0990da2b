import type { Resident } from "../../../../contract/index.ts";
import type { Actor } from "../../../kernel/actor.ts";
import { refuse } from "../../../kernel/errors.ts";
import { MASK, maskName, maskPhone } from "../../domain/privacy/mask.ts";
import { seesHome } from "../../domain/requests/policy.ts";
import { type User, tierOf } from "../../domain/accounts/user.ts";
import type { Uses } from "../../ports.ts";
import { instant, instantOrNull } from "../time.ts";

/** A registered resident as the committee or a cadre sees one. Name, unit and room depend on the role. */
export function presentResident(
  deps: Uses<"keys">,
  actor: Actor,
  user: User,
  confirmers: ReadonlyMap<string, string>,
): Resident {
  const { registration } = user;
  if (!registration || !user.name) return refuse("resident.unknown");
  const { open } = deps.keys;
  const home = seesHome(actor, registration);
  return {
    id: user.id,
    name: actor.role === "committee" ? user.name : maskName(user.name),
    phone: maskPhone(open(registration.phone, "phone")),
    communityId: registration.communityId,
    building: registration.building,
    unit: home ? open(registration.unit, "unit") : MASK,
    room: home ? open(registration.room, "room") : MASK,
    tier: tierOf(user),
    registeredAt: instant(registration.registeredAt),
    confirmedAt: instantOrNull(registration.confirmedAt),
    confirmedBy: registration.confirmedBy ? (confirmers.get(registration.confirmedBy) ?? null) : null,
  };
}
