import { refuse } from "../../../kernel/errors.ts";
import type { Uses } from "../../ports.ts";

/**
 * Throws `community.unknown`, or `registration.building_unknown` unless the building and unit belong to the community.
 */
export async function assertHome(
  deps: Uses<"store">,
  communityId: string,
  home: { building: string; unit: string },
): Promise<void> {
  const community = await deps.store.communities.find(communityId);
  if (!community) refuse("community.unknown");
  const building = community.buildings.find(({ name }) => name === home.building);
  if (!building || (building.units.length > 0 && !building.units.includes(home.unit))) {
    refuse("registration.building_unknown");
  }
}
