import { refuse } from "../../../kernel/errors.ts";
import { factorContext } from "../../domain/accounts/second-factor.ts";
import { toActor } from "../../domain/accounts/user.ts";
import type { Uses } from "../../ports.ts";
import { recordLoginFailure } from "../audit/record-login-failure.ts";
import type { AccountHolder } from "./check-password.ts";
import { beginThrottledAttempt } from "./throttled-attempt.ts";
import { recordAccountEvent } from "./record-account-event.ts";

/**
 * Verifies the code of an account's second factor: of the authenticator, or a recovery code. Either is accepted once; a
 * wrong one counts as a guess and is recorded. Throws `auth.second_factor_required` without a code,
 * `auth.second_factor_invalid`, `auth.locked`.
 */
export async function verifySecondFactor(
  deps: Uses<"clock" | "keys" | "secondFactors" | "store" | "wakeRelay">,
  { identity, user }: AccountHolder,
  code: string | undefined,
  address: string,
): Promise<void> {
  const { factor, subject } = identity;
  if (!factor) return;
  if (code === undefined) refuse("auth.second_factor_required");
  const guess = await beginThrottledAttempt(deps, "factor", subject, address);
  const secret = deps.keys.open(factor.sealed, factorContext(subject));
  const { secondFactors } = deps.store;
  const step = deps.secondFactors.stepOf(secret, code, deps.clock.now());
  if (step !== null && (await secondFactors.takeStep(subject, factor, step))) return guess.right();
  const hash = deps.secondFactors.recoveryHash(secret, code);
  if (!(await secondFactors.takeRecovery(subject, factor, hash))) {
    await recordLoginFailure(deps, { how: "second_factor", userId: user.id, address });
    refuse("auth.second_factor_invalid");
  }
  await guess.right();
  await recordAccountEvent(deps, { actor: toActor(user), idempotency: null }, user.id, {
    type: "account.recovery_code_used",
    data: { left: factor.recovery.length - 1 },
  });
}
