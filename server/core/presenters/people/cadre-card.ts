import type { CadreCard } from "../../../../contract/index.ts";
import { type User, isOnDuty } from "../../domain/accounts/user.ts";
import type { Uses } from "../../ports.ts";
import { instantOrNull } from "../time.ts";

/**
 * 亮身份: a cadre of that community as residents see one, without a personal phone. `until`: the end of the duty; by
 * default that of the current duty.
 */
export function presentCadreCard(
  cadre: User,
  communityId: string,
  deps: Uses<"files">,
  now: Date,
  until: Date | null = cadre.duty && isOnDuty(cadre, communityId, now) ? cadre.duty.until : null,
): CadreCard {
  const held = cadre.memberships.find((m) => m.role === "cadre" && m.communityId === communityId);
  return {
    id: cadre.id,
    name: cadre.name ?? "",
    title: held?.title ?? "",
    positions: [...(held?.positions ?? [])],
    photoUrl: held?.photoFileId ? deps.files.url(held.photoFileId, now) : null,
    dutyPhone: held?.dutyPhone ?? null,
    onDutyUntil: instantOrNull(until),
  };
}
