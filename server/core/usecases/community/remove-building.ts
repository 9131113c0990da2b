import type { CommandContext } from "../../../kernel/command.ts";
import { removeBuilding as without } from "../../domain/community/buildings.ts";
import type { Community } from "../../domain/community/community.ts";
import { refuse } from "../../../kernel/errors.ts";
import type { Uses } from "../../ports.ts";
import { takeCommunityStep } from "./take-community-step.ts";

/**
 * Removes a building, or one unit of it, from the list; nothing happens when it is not in the list. Earlier requests
 * keep their own copy of the place. Throws `auth.forbidden`, `community.unknown`, `community.building_inhabited` with
 * the number of residents registered there, `write.contended`.
 */
export async function removeBuilding(
  deps: Uses<"clock" | "keys" | "store" | "wakeRelay">,
  command: CommandContext,
  communityId: string,
  { building, unit }: { building: string; unit?: string | undefined },
): Promise<Community> {
  return takeCommunityStep(deps, command, communityId, async (community) => {
    const buildings = without(community.buildings, building, unit);
    if (!buildings) return null;
    const living = await deps.store.users.livingIn(communityId, building);
    const homes = living.filter(
      ({ registration }) => registration && (!unit || deps.keys.open(registration.unit, "unit") === unit),
    ).length;
    if (homes > 0) refuse("community.building_inhabited", { homes });
    return { set: { buildings }, type: "community.building_removed", data: { building, ...(unit ? { unit } : {}) } };
  });
}
