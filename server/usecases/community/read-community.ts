import type { Community } from "../../domain/community.ts";
import { refuse } from "../../domain/errors.ts";
import type { Deps } from "../../ports.ts";

/** A community with its buildings and catalogue. Throws `community.unknown`. */
export const readCommunity = async (deps: Deps, id: string): Promise<Community> =>
  (await deps.store.communities.find(id)) ?? refuse("community.unknown");
