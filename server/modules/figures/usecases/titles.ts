import type { Uses } from "../../../core/ports.ts";

/** The names to show in figures, by code or id. */
export interface Titles {
  communities: ReadonlyMap<string, string>;
  services: ReadonlyMap<string, string>;
  cadres: ReadonlyMap<string, string>;
}

/** Loads the names of these communities, of their services, and of these cadres. */
export async function titlesOf(
  deps: Uses<"store">,
  communityIds: readonly string[],
  cadreIds: readonly string[],
): Promise<Titles> {
  const found = await Promise.all(communityIds.map((id) => deps.store.communities.find(id)));
  const communities = found.filter((community) => community !== null);
  const cadres = await deps.store.users.findMany([...new Set(cadreIds)]);
  return {
    communities: new Map(communities.map(({ id, name }) => [id, name])),
    services: new Map(communities.flatMap((c) => c.services.map(({ serviceCode, title }) => [serviceCode, title]))),
    cadres: new Map(cadres.map(({ id, name }) => [id, name ?? ""])),
  };
}
