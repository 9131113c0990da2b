import type { CommandContext } from "../../../kernel/command.ts";
import { hasRole } from "../../../kernel/actor.ts";
import type { Actor } from "../../../kernel/actor.ts";
import { type Additions, type BuildingList, addBuildings, readBuildingRows } from "../../domain/community/buildings.ts";
import type { Community } from "../../domain/community/community.ts";
import { refuse } from "../../../kernel/errors.ts";
import type { Uses } from "../../ports.ts";
import { takeCommunityStep } from "./take-community-step.ts";

/**
 * The result that an import of the file would have, row by row; nothing is written. Throws `auth.forbidden`,
 * `community.unknown`, `sheet.unreadable`, `sheet.too_large`, `sheet.columns_missing`.
 */
export async function previewBuildings(
  deps: Uses<"sheets" | "store">,
  actor: Actor,
  communityId: string,
  bytes: Buffer,
): Promise<BuildingList & { added: Additions }> {
  if (!hasRole(actor, "committee", communityId)) refuse("auth.forbidden");
  const community = (await deps.store.communities.find(communityId)) ?? refuse("community.unknown");
  const list = readBuildingRows(await deps.sheets.read(bytes));
  return { ...list, added: addBuildings(community.buildings, list.buildings).added };
}

/**
 * Adds buildings and units, all of them or none. Existing ones stay, so a repeated import changes nothing. Throws
 * `auth.forbidden`, `community.unknown`, `community.building_invalid`, `write.contended`.
 */
export async function importBuildings(
  deps: Uses<"clock" | "store" | "wakeRelay">,
  command: CommandContext,
  communityId: string,
  imported: Community["buildings"],
): Promise<Community> {
  return takeCommunityStep(deps, command, communityId, (community) => {
    const { buildings, added } = addBuildings(community.buildings, imported);
    if (added.buildings + added.units === 0) return null;
    return { set: { buildings }, type: "community.buildings_imported", data: { ...added } };
  });
}
