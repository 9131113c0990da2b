import { system } from "../../../kernel/actor.ts";
import { DomainError } from "../../../kernel/errors.ts";
import { type User, claimedInEndedDuty, isOnDuty } from "../../domain/accounts/user.ts";
import type { Request } from "../../domain/requests/request.ts";
import type { Uses } from "../../ports.ts";
import { pagesOf } from "../../../kernel/pages-of.ts";
import { takeStep } from "../requests/take-step.ts";

/** How many requests are read at a time. */
const BATCH = 100;

/**
 * At the end of a duty, what its cadre claimed in it, or at the moment of its end, and made no contact about goes back
 * to the queue. Done by the duty's end and again by a job; the key names the claim, and the state refuses a second
 * time. `cadreId`: of this one only. Returns how many.
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
      if (!handler || !(await isLeftBehind(deps, handler, request, now))) continue;
      const key = `shift:${handler.id}:${request.clocks.claimedAt?.getTime()}:${request.id}`;
      try {
        await takeStep(deps, { actor: system, idempotency: { key, bodyHash: "" } }, request.id, "requeue", {});
        returned++;
      } catch (error) {
        // The contact was made at the last moment, or somebody else returned the request.
        if (!(error instanceof DomainError)) throw error;
      }
    }
  }
  return returned;
}

/**
 * Whether the cadre is off duty and took it while on duty. A claim reads the duty before it writes the request, so that
 * it may stand there with a time after the duty's end; the log tells it from what the committee gave to somebody who is
 * off duty. An event that is not in the log yet is found by the next call.
 */
async function isLeftBehind(deps: Uses<"store">, handler: User, request: Request, now: Date): Promise<boolean> {
  if (!handler.duty || isOnDuty(handler, request.communityId, now)) return false;
  const { claimedAt } = request.clocks;
  if (claimedInEndedDuty(handler, request.communityId, claimedAt, now)) return true;
  const rows = await deps.store.log.ofRequest(request.id);
  return rows.some(
    ({ type, actorId, at }) =>
      type === "request.claimed" && actorId === handler.id && at.getTime() === claimedAt?.getTime(),
  );
}
