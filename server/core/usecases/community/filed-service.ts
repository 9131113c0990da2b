import { serviceVersionOf } from "../../domain/community/catalogue.ts";
import type { Community, Service } from "../../domain/community/community.ts";
import type { Request } from "../../domain/requests/request.ts";
import type { Uses } from "../../ports.ts";

/**
 * The service as it was when the request was filed: its times, positions and questions stay those of that version,
 * whatever the catalogue says now. Null when the community has never had it.
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
  // Another process has just changed it, and this one has not heard yet.
  const fresh = await deps.store.communities.load(community.id);
  return (fresh && inCatalogue(fresh.value)) ?? current;
}
