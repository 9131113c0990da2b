import type { NearRequest } from "../../contract/index.ts";
import { call } from "../api";
import type { Draft } from "./draft";

/**
 * Similar requests near the draft with this key, for the page that shows them. `anyway`: the resident files all the
 * same.
 */
export const nearbyResults: { key: string; items: readonly NearRequest[]; anyway: boolean } = {
  key: "",
  items: [],
  anyway: false,
};

/**
 * Searches once per draft for similar requests of neighbours. A later attempt may follow a lost reply and would find
 * the
 * resident's own request. When the search fails, the request is filed without it. Returns whether any were found.
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
