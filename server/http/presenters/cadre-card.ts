import type { CadreCard } from "../../../contract/index.ts";
import { type User, isOnDuty } from "../../domain/user.ts";
import type { Deps } from "../../ports.ts";
import { instant } from "./time.ts";

/** 亮身份: a cadre of that community as residents see one; never a personal phone. */
export function presentCadreCard(cadre: User, communityId: string, deps: Pick<Deps, "files">, now: Date): CadreCard {
  const held = cadre.memberships.find((m) => m.role === "cadre" && m.communityId === communityId);
  return {
    id: cadre.id,
    name: cadre.name ?? "",
    title: held?.title ?? "",
    positions: [...(held?.positions ?? [])],
    photoUrl: held?.photoFileId ? deps.files.url(held.photoFileId, now) : null,
    dutyPhone: held?.dutyPhone ?? null,
    onDutyUntil: cadre.duty && isOnDuty(cadre, communityId, now) ? instant(cadre.duty.until) : null,
  };
}
