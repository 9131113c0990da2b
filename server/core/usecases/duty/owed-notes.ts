import { handoverStatuses, owesHandoverNote } from "../../domain/duty/handover.ts";
import type { Request } from "../../domain/requests/request.ts";
import type { User } from "../../domain/accounts/user.ts";
import type { Uses } from "../../ports.ts";

/** More than anybody has in hand at once. */
const MAX_NOTES = 100;

/** What the cadre holds in the community and has talked with its resident about, the oldest first. */
export async function heldAndBegun(deps: Uses<"store">, communityId: string, cadreId: string): Promise<Request[]> {
  const statuses = [...handoverStatuses, "suspended" as const];
  const filter = { communityIds: [communityId], handlerId: cadreId, statuses };
  return (await deps.store.requests.list(filter, MAX_NOTES)).items.toReversed();
}

/** Requests of which the cadre's last duty still owes a note. */
export async function owedNotes(deps: Uses<"store">, { id, duty }: Pick<User, "id" | "duty">): Promise<Request[]> {
  if (!duty) return [];
  return (await heldAndBegun(deps, duty.communityId, id)).filter((request) =>
    owesHandoverNote(request, id, duty.startedAt),
  );
}
