import { useSyncExternalStore } from "react";
import type { Reply } from "../../contract/index.ts";
import { createStore } from "../lib/store";
import { storage } from "../wx/storage";
import { useMe } from "./connection";
import { type Query, useQuery } from "./use-query";

const KEY = "community";
const kept = storage.get(KEY);
const chosen = createStore<string | null>(typeof kept === "string" ? kept : null);

/** Stores the chosen community on this device. */
export function chooseCommunity(id: string): void {
  storage.set(KEY, id);
  chosen.set(id);
}

export interface CommunityInUse {
  /** Null while unknown. */
  id: string | null;
  name: string;
  list: Query<Reply<"GET /api/communities">>;
}

/** The selected community: the one chosen on this device, else that of the person's role or home, else the first. */
export function useCommunity(): CommunityInUse {
  const me = useMe();
  const list = useQuery("GET /api/communities", {});
  const choice = useSyncExternalStore(chosen.subscribe, chosen.get, chosen.get);
  const all = list.data?.items ?? [];
  const wanted = choice ?? me?.actingAs.communityId ?? me?.registration?.communityId ?? null;
  const found = all.find(({ id }) => id === wanted) ?? all[0];
  return { id: found?.id ?? null, name: found?.name ?? "", list };
}
