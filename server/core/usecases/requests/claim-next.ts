import type { IdempotencyRecord } from "../../../kernel/idempotency.ts";
import type { CommandContext } from "../../../kernel/command.ts";
import { isCadreOnDuty } from "../../../kernel/actor.ts";
import { DomainError, refuse } from "../../../kernel/errors.ts";
import type { Request } from "../../domain/requests/request.ts";
import type { Uses } from "../../ports.ts";
import { takeStep } from "./take-step.ts";

/** Refusals that mean that somebody else was faster. */
const lost: readonly string[] = ["request.already_claimed", "request.state_conflict", "write.contended"];

/** Refusals that repeating would not change. The request is left to other cadres. */
const mine: readonly string[] = ["request.own", "request.returns_used"];

/**
 * Claims the first request in the queue of the cadre's community. Simultaneous callers get different requests. Throws
 * `duty.not_on_duty`, `queue.empty`, `idempotency.key_reused`.
 */
export async function claimNext(
  deps: Uses<"clock" | "holidays" | "keys" | "queueHead" | "store" | "wakeRelay" | "wordCheck">,
  command: CommandContext,
): Promise<Request> {
  const { actor, idempotency } = command;
  const communityId = actor.communityIds[0] ?? refuse("auth.forbidden");
  if (!isCadreOnDuty(actor, communityId, deps.clock.now())) refuse("duty.not_on_duty");
  const own = new Set<string>();
  let aim: string | null = null;
  for (;;) {
    const head = await deps.queueHead.next(communityId, own);
    let how: "taken" | "lost" | "unused" = "unused";
    try {
      aim = idempotency ? await aimOf(deps, idempotency, aim, head) : head;
      if (!aim) refuse("queue.empty");
      const taken = await takeStep(deps, command, aim, "claim", {});
      if (aim === head) how = "taken";
      return taken;
    } catch (error) {
      if (!aim || !(error instanceof DomainError) || ![...lost, ...mine].includes(error.code)) throw error;
      if (mine.includes(error.code)) own.add(aim);
      else if (aim === head) how = "lost";
    } finally {
      if (head) deps.queueHead.done(communityId, head, how);
    }
  }
}

/**
 * The request to claim for the idempotency key: `head`, unless an earlier call with the key reserved another one.
 * `before` was refused; the reservation moves on to `head`. Null when there is none.
 */
async function aimOf(
  { store, clock }: Uses<"clock" | "store">,
  { key }: IdempotencyRecord,
  before: string | null,
  head: string | null,
): Promise<string | null> {
  if (head) {
    return before
      ? store.claimReservations.move(key, before, head)
      : store.claimReservations.note(key, head, clock.now());
  }
  const noted = await store.claimReservations.find(key);
  return noted === before ? null : noted;
}
