import { system } from "../../../kernel/actor.ts";
import { DomainError } from "../../../kernel/errors.ts";
import { claimedInEndedDuty } from "../../domain/accounts/user.ts";
import type { Uses } from "../../ports.ts";
import { pagesOf } from "../../../kernel/pages-of.ts";
import { takeStep } from "../requests/take-step.ts";

/** Requests looked at in one go. */
const BATCH = 100;

/**
 * At the end of a duty, what its cadre claimed in it and made no contact about goes back to the queue. Done by the
 * duty's end and again by a job; the key names shift and request, and the state refuses a second time. `cadreId`: of
 * this one only. Returns how many.
 */
export async function returnUnstarted(
  deps: Uses<"clock" | "holidays" | "keys" | "store" | "wakeRelay" | "wordCheck">,
  communityId: string,
  cadreId?: string,
): Promise<number> {
  const now = deps.clock.now();
  let returned = 0;
  const claimed = {
    ...{ communityIds: [communityId], statuses: ["claimed"] as const },
    ...(cadreId ? { handlerId: cadreId } : {}),
  };
  for await (const requests of pagesOf((cursor) => deps.store.requests.list(claimed, BATCH, cursor))) {
    const handlers = await deps.store.users.findMany([...new Set(requests.map(({ handlerId }) => handlerId ?? ""))]);
    for (const request of requests) {
      const handler = handlers.find(({ id }) => id === request.handlerId);
      if (!handler?.duty || !claimedInEndedDuty(handler, request, now)) continue;
      const key = `shift:${handler.id}:${handler.duty.startedAt.getTime()}:${request.id}`;
      try {
        await takeStep(deps, { actor: system, idempotency: { key, bodyHash: "" } }, request.id, "requeue", {});
        returned++;
      } catch (error) {
        // The contact was made at the last moment, or somebody else returned it.
        if (!(error instanceof DomainError)) throw error;
      }
    }
  }
  return returned;
}
