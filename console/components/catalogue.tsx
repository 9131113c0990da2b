import { type ReactNode, createContext, useContext, useMemo } from "react";
import { useSearchParams } from "react-router";
import type { CadreCard, Reply, Service } from "../../contract/index.ts";
import { useMe } from "../api/me.tsx";
import { useQuery } from "../api/use-query.ts";

/** What the filters of the pages choose from. */
export interface Catalogue {
  /** The community looked at: that of the role in use, else the one chosen in the address, else null (all of them). */
  communityId: string | null;
  /** The role in use spans communities, so that one has to be chosen. */
  spans: boolean;
  communities: Reply<"GET /api/communities">["items"];
  services: readonly Service[];
  cadres: readonly (CadreCard & { openRequests: number })[];
}

const Context = createContext<Catalogue | null>(null);

/** Reads the communities, and the services and cadres of the one looked at, once for all pages. */
export function CatalogueProvider({ children }: { children: ReactNode }) {
  const { actingAs } = useMe();
  const [params] = useSearchParams();
  const spans = actingAs.communityId === null;
  const communityId = actingAs.communityId ?? params.get("communityId");
  const input = communityId ? { params: { id: communityId } } : null;
  const communities = useQuery("GET /api/communities", spans ? {} : null);
  const services = useQuery("GET /api/communities/:id/services", input, { forget: true });
  // An admin's role has no list of cadres to choose from.
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

/** What the filters choose from; only below {@link CatalogueProvider}. */
export function useCatalogue(): Catalogue {
  const value = useContext(Context);
  if (!value) throw new Error("useCatalogue needs CatalogueProvider");
  return value;
}
