import type { Community } from "../../domain/community/community.ts";
import { isServiceOffered } from "../../domain/community/catalogue.ts";
import { refuse } from "../../../kernel/errors.ts";
import type { Uses } from "../../ports.ts";

/** A community with its buildings and catalogue. Throws `community.unknown`. */
export const readCommunity = async (deps: Uses<"store">, id: string): Promise<Community> =>
  (await deps.store.communities.find(id)) ?? refuse("community.unknown");

/** The community with the services that are offered now. Throws `community.unknown`. */
export async function readOfferedServices(deps: Uses<"store">, id: string): Promise<Community> {
  const community = await readCommunity(deps, id);
  return { ...community, services: community.services.filter(isServiceOffered) };
}
