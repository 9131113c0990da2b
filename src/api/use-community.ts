import { useSyncExternalStore } from "react";
import type { Reply } from "../../contract/index.ts";
import { createStore } from "../lib/store";
import { storage } from "../wx/storage";
import { useMe } from "./connection";
import { type Query, useQuery } from "./use-query";

const KEY = "community";
const kept = storage.get(KEY);
const chosen = createStore<string | null>(typeof kept === "string" ? kept : null);

/** Remembers on this device which community's counter is looked at. */
export function chooseCommunity(id: string): void {
  storage.set(KEY, id);
  chosen.set(id);
}

export interface CommunityInUse {
  /** Null until it is known. */
  id: string | null;
  name: string;
  list: Query<Reply<"GET /api/communities">>;
}

/** The community looked at: as chosen here, else where one works or lives, else the first there is. */
export function useCommunity(): CommunityInUse {
  const me = useMe();
  const list = useQuery("GET /api/communities", {});
  const choice = useSyncExternalStore(chosen.subscribe, chosen.get, chosen.get);
  const all = list.data?.items ?? [];
  const wanted = choice ?? me?.actingAs.communityId ?? me?.registration?.communityId ?? null;
  const found = all.find(({ id }) => id === wanted) ?? all[0];
  return { id: found?.id ?? null, name: found?.name ?? "", list };
}
