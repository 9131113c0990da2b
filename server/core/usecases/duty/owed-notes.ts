import { handedOver, owesNote } from "../../domain/duty/handover.ts";
import type { Request } from "../../domain/requests/request.ts";
import type { User } from "../../domain/accounts/user.ts";
import type { Uses } from "../../ports.ts";

/** More than anybody has in hand at once. */
const MOST = 100;

/** What the cadre holds in the community and has talked with its resident about, the oldest first. */
export async function heldBegun(deps: Uses<"store">, communityId: string, cadreId: string): Promise<Request[]> {
  const statuses = [...handedOver, "suspended" as const];
  const filter = { communityIds: [communityId], handlerId: cadreId, statuses };
  return (await deps.store.requests.list(filter, MOST)).items.toReversed();
}

/** Requests of which the cadre's last duty still owes a note. */
export async function owedNotes(deps: Uses<"store">, { id, duty }: Pick<User, "id" | "duty">): Promise<Request[]> {
  if (!duty) return [];
  return (await heldBegun(deps, duty.communityId, id)).filter((request) => owesNote(request, id, duty.startedAt));
}
