import type { Actor } from "../../../kernel/actor.ts";
import { refuse } from "../../../kernel/errors.ts";
import type { User } from "../../domain/accounts/user.ts";
import type { Uses } from "../../ports.ts";

/**
 * The community's cadres with the number of requests that each holds, for its own staff. Throws `community.unknown`,
 * `auth.forbidden`.
 */
export async function listCadres(
  deps: Uses<"store">,
  actor: Actor,
  communityId: string,
): Promise<{ cadre: User; openRequests: number }[]> {
  if (!(await deps.store.communities.find(communityId))) refuse("community.unknown");
  if (!actor.communityIds.includes(communityId)) refuse("auth.forbidden");
  const counts = await deps.store.requests.openCounts(communityId);
  const cadres = await deps.store.users.cadresOf(communityId);
  return cadres.map((cadre) => ({ cadre, openRequests: counts.get(cadre.id) ?? 0 }));
}
