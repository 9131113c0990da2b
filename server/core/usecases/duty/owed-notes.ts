import { handoverStatuses, owesHandoverNote } from "../../domain/duty/handover.ts";
import type { Request } from "../../domain/requests/request.ts";
import type { User } from "../../domain/accounts/user.ts";
import type { Uses } from "../../ports.ts";

/** The most requests that are read. Nobody holds so many. */
const MAX_NOTES = 100;

/** The requests of the community that the cadre holds after a first contact, oldest first. */
export async function heldAndBegun(deps: Uses<"store">, communityId: string, cadreId: string): Promise<Request[]> {
  const statuses = [...handoverStatuses, "suspended" as const];
  const filter = { communityIds: [communityId], handlerId: cadreId, statuses };
  return (await deps.store.requests.list(filter, MAX_NOTES)).items.toReversed();
}

/** The requests for which the cadre still owes a hand-over note of the last duty. */
export async function owedNotes(deps: Uses<"store">, { id, duty }: Pick<User, "id" | "duty">): Promise<Request[]> {
  if (!duty) return [];
  return (await heldAndBegun(deps, duty.communityId, id)).filter((request) =>
    owesHandoverNote(request, id, duty.startedAt),
  );
}
