import { serviceVersionOf } from "../../domain/community/catalogue.ts";
import type { Community, Service } from "../../domain/community/community.ts";
import type { Request } from "../../domain/requests/request.ts";
import type { Uses } from "../../ports.ts";

/**
 * The service in the version under which the request was filed, so that later changes of the catalogue do not affect
 * the request. Null when the community never had the service.
 */
export async function serviceAsFiled(
  deps: Uses<"store">,
  community: Community,
  { serviceCode, serviceVersion = 1 }: Pick<Request, "serviceCode" | "serviceVersion">,
): Promise<Service | null> {
  const inCatalogue = ({ services }: Community): Service | null =>
    services.find((service) => service.serviceCode === serviceCode) ?? null;
  const current = inCatalogue(community);
  if (!current || serviceVersionOf(current) === serviceVersion) return current;
  const kept = await deps.store.serviceVersions.find(community.id, serviceCode, serviceVersion);
  if (kept) return kept;
  // Another process has just changed the service, and this process's cache is older.
  const fresh = await deps.store.communities.load(community.id);
  return (fresh && inCatalogue(fresh.value)) ?? current;
}
