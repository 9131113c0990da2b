import type { NearRequest } from "../../contract/index.ts";
import { call } from "../api";
import type { Draft } from "./draft";

/**
 * What was found to be near the draft with that key, for the page that offers it; `anyway`: it is to be filed all the
 * same.
 */
export const nearbyResults: { key: string; items: readonly NearRequest[]; anyway: boolean } = {
  key: "",
  items: [],
  anyway: false,
};

/**
 * Looks once for each draft whether neighbours have filed the same: a second try may follow a lost reply, and would
 * find one's own. When the search fails, the request is filed all the same.
 */
export async function findNearbyForDraft({ key, description, place }: Draft, serviceCode: string, communityId: string) {
  if (nearbyResults.key === key) return false;
  Object.assign(nearbyResults, { key, items: [], anyway: false });
  try {
    const building = place?.building;
    const body = { communityId, serviceCode, description, building };
    const { items } = await call("POST /api/requests/near", { body });
    nearbyResults.items = items;
    return items.length > 0;
  } catch {
    return false;
  }
}
