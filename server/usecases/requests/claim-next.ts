import { onDuty } from "../../domain/actor.ts";
import { DomainError, refuse } from "../../domain/errors.ts";
import type { Request } from "../../domain/request.ts";
import type { Asking, Deps } from "../../ports.ts";
import { wasDone } from "./intent.ts";
import { takeStep } from "./take-step.ts";

/** Refusals of one candidate that say nothing about the next. */
const taken: readonly string[] = [
  "request.already_claimed",
  "request.state_conflict",
  "request.own",
  "request.returns_used",
  "write.contended",
];

/** Refusals that asking again would not change: left to others. */
const mine: readonly string[] = ["request.own", "request.returns_used"];

/**
 * Claims the request at the head of the queue of the cadre's community. Many may ask at once: each gets another one. Throws
 * `duty.not_on_duty`, `queue.empty`, `idempotency.key_reused`.
 */
export async function claimNext(deps: Deps, asking: Asking): Promise<Request> {
  const { actor, intent } = asking;
  const communityId = actor.communityIds[0] ?? refuse("auth.forbidden");
  if (!onDuty(actor, communityId, deps.clock.now())) refuse("duty.not_on_duty");
  if (intent) {
    const before = await deps.store.requests.claimedWith(actor.userId, intent);
    if (before && wasDone(intent, before.steps)) return before.request;
  }
  const own = new Set<string>();
  for (;;) {
    const candidate = await deps.queueHead.next(communityId, own);
    if (!candidate) refuse("queue.empty");
    try {
      return await takeStep(deps, asking, candidate, "claim", {});
    } catch (error) {
      if (!(error instanceof DomainError) || !taken.includes(error.code)) throw error;
      if (mine.includes(error.code)) own.add(candidate);
    }
  }
}
