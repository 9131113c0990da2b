import { refuse } from "../../../kernel/errors.ts";
import { factorContext, needsFactor } from "../../domain/accounts/second-factor.ts";
import type { Uses } from "../../ports.ts";
import { type Caller, provePassword } from "./change-password.ts";
import type { AccountHolder } from "./check-password.ts";
import { type Enrolment, beginFactor, confirmFactor } from "./enrol-factor.ts";
import { recordAccountEvent } from "./record-account-event.ts";
import { verifySecondFactor } from "./verify-second-factor.ts";
import { ownUser } from "./update-me.ts";

/** The caller's account and how it is protected; null when the caller has no password. */
export async function ownAccount(deps: Uses<"factorPolicy" | "store">, { actor }: Pick<Caller, "actor">) {
  const user = await ownUser(deps, actor);
  const [identity] = await deps.store.identities.accountsOf(user.id);
  return identity
    ? { account: identity.subject, factor: identity.factor, required: needsFactor(deps.factorPolicy, user) }
    : null;
}

/** The caller's account, verified by its password, and by a code where it has a second factor. */
export async function prove(
  deps: Uses<"clock" | "keys" | "passwords" | "secondFactors" | "store" | "wakeRelay">,
  caller: Caller,
  password: string,
  code: string | undefined,
): Promise<AccountHolder> {
  const user = await ownUser(deps, caller.actor);
  const identity = await provePassword(deps, caller, password);
  await verifySecondFactor(deps, { identity, user }, code, caller.address);
  return { identity, user };
}

/**
 * Begins the enrolment of the caller's second factor. When there is one already, a code of it is required. Throws as
 * `provePassword` and `verifySecondFactor` do.
 */
export async function beginOwnFactor(
  deps: Uses<"clock" | "keys" | "passwords" | "secondFactors" | "store" | "wakeRelay">,
  caller: Caller,
  { password, code }: { password: string; code?: string | undefined },
): Promise<Enrolment> {
  return beginFactor(deps, (await prove(deps, caller, password, code)).identity);
}

/** Completes the enrolment and returns the recovery codes. Throws as `confirmFactor` does. */
export async function confirmOwnFactor(
  deps: Uses<"clock" | "keys" | "loginsEnded" | "secondFactors" | "store" | "wakeRelay">,
  caller: Caller,
  code: string,
): Promise<string[]> {
  const user = await ownUser(deps, caller.actor);
  const accounts = await deps.store.identities.accountsOf(user.id);
  const identity = accounts.find(({ pendingFactor }) => pendingFactor) ?? refuse("account.second_factor_not_begun");
  return confirmFactor(deps, { identity, user }, code, { address: caller.address, keep: caller.sessionId });
}

/**
 * Replaces the recovery codes and returns the new ones. Throws `account.second_factor_off`, and as `provePassword` and
 * `verifySecondFactor` do.
 */
export async function renewRecoveryCodes(
  deps: Uses<"clock" | "keys" | "passwords" | "secondFactors" | "store" | "wakeRelay">,
  caller: Caller,
  { password, code }: { password: string; code: string },
): Promise<string[]> {
  const { identity, user } = await prove(deps, caller, password, code);
  const factor = identity.factor ?? refuse("account.second_factor_off");
  const secret = deps.keys.open(factor.sealed, factorContext(identity.subject));
  const codes = deps.secondFactors.newRecoveryCodes();
  const hashes = codes.map((each) => deps.secondFactors.recoveryHash(secret, each));
  if (!(await deps.store.secondFactors.setRecovery(identity.subject, factor, hashes))) refuse("write.contended");
  const command = { actor: caller.actor, idempotency: null };
  await recordAccountEvent(deps, command, user.id, { type: "account.recovery_codes_renewed" });
  return codes;
}

/**
 * Removes the caller's second factor where the policy allows it. Throws `account.second_factor_needed`,
 * `account.second_factor_off`, and as `provePassword` and `verifySecondFactor` do.
 */
export async function endOwnFactor(
  deps: Uses<"clock" | "factorPolicy" | "keys" | "passwords" | "secondFactors" | "store" | "wakeRelay">,
  caller: Caller,
  { password, code }: { password: string; code: string },
): Promise<void> {
  if (needsFactor(deps.factorPolicy, await ownUser(deps, caller.actor))) refuse("account.second_factor_needed");
  const { identity, user } = await prove(deps, caller, password, code);
  if (!identity.factor) refuse("account.second_factor_off");
  const command = { actor: caller.actor, idempotency: null };
  await recordAccountEvent(deps, command, user.id, { type: "account.second_factor_off" });
  await deps.store.secondFactors.remove(identity.subject);
}
