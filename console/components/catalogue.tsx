import { type ReactNode, createContext, useContext, useMemo } from "react";
import { useSearchParams } from "react-router";
import type { CadreCard, Reply, Service } from "../../contract/index.ts";
import { useMe } from "../api/me.tsx";
import { useQuery } from "../api/use-query.ts";

/** The options of the filters. */
export interface Catalogue {
  /** The selected community: that of the role in use, else the one in the address, else null for all. */
  communityId: string | null;
  /** The role in use covers several communities, so that one of them can be chosen. */
  spans: boolean;
  communities: Reply<"GET /api/communities">["items"];
  services: readonly Service[];
  cadres: readonly (CadreCard & { openRequests: number })[];
}

const Context = createContext<Catalogue | null>(null);

/** Reads the communities, and the services and cadres of the selected one, once for all pages. */
export function CatalogueProvider({ children }: { children: ReactNode }) {
  const { actingAs } = useMe();
  const [params] = useSearchParams();
  const spans = actingAs.communityId === null;
  const communityId = actingAs.communityId ?? params.get("communityId");
  const input = communityId ? { params: { id: communityId } } : null;
  const communities = useQuery("GET /api/communities", spans ? {} : null);
  const services = useQuery("GET /api/communities/:id/services", input, { forget: true });
  // An admin has no access to the list of cadres.
  const cadres = useQuery("GET /api/communities/:id/cadres", actingAs.role === "admin" ? null : input, {
    forget: true,
  });

  const value = useMemo(
    () => ({
      communityId,
      spans,
      communities: communities.data?.items ?? [],
      services: services.data?.items ?? [],
      cadres: cadres.data?.items ?? [],
    }),
    [communityId, spans, communities.data, services.data, cadres.data],
  );
  return <Context.Provider value={value}>{children}</Context.Provider>;
}

/** The options of the filters. Throws outside of {@link CatalogueProvider}. */
export function useCatalogue(): Catalogue {
  const value = useContext(Context);
  if (!value) throw new Error("useCatalogue needs CatalogueProvider");
  return value;
}
