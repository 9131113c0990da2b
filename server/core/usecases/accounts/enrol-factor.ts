import { refuse } from "../../../kernel/errors.ts";
import { ENROLMENT_TTL_MS, factorContext } from "../../domain/accounts/second-factor.ts";
import { toActor } from "../../domain/accounts/user.ts";
import type { Uses } from "../../ports.ts";
import type { Identity } from "../../store/accounts/identities.ts";
import type { AccountHolder } from "./check-password.ts";
import { endSessions } from "./end-sessions.ts";
import { beginThrottledAttempt } from "./throttled-attempt.ts";
import { recordAccountEvent } from "./record-account-event.ts";

/** The secret of an authenticator, as an `otpauth` address for a QR code and as text to type. */
export interface Enrolment {
  secret: string;
  uri: string;
}

/**
 * Creates a secret for the account's authenticator. The present factor stays active until a code of the new secret is
 * verified.
 */
export async function beginFactor(
  deps: Uses<"clock" | "keys" | "secondFactors" | "store">,
  { subject }: Pick<Identity, "subject">,
): Promise<Enrolment> {
  const secret = deps.secondFactors.newSecret();
  const sealed = deps.keys.seal(secret, factorContext(subject));
  if (!(await deps.store.secondFactors.begin(subject, { sealed, at: deps.clock.now() }))) refuse("write.contended");
  return { secret, uri: deps.secondFactors.uri(secret, subject) };
}

/**
 * Makes the pending secret the account's second factor with its first code, in place of an earlier one. Every login
 * except `keep` ends, since it was made with the password alone or with the lost factor. Returns the recovery codes,
 * which are shown once. Throws `account.second_factor_not_begun`, `auth.second_factor_invalid`, `auth.locked`.
 */
export async function confirmFactor(
  deps: Uses<"clock" | "keys" | "loginsEnded" | "secondFactors" | "store" | "wakeRelay">,
  { identity: { subject, pendingFactor }, user }: AccountHolder,
  code: string,
  from: { address: string; keep: string | null },
): Promise<string[]> {
  const now = deps.clock.now();
  if (!pendingFactor || now.getTime() - pendingFactor.at.getTime() > ENROLMENT_TTL_MS)
    refuse("account.second_factor_not_begun");
  const guess = await beginThrottledAttempt(deps, "factor", subject, from.address);
  const secret = deps.keys.open(pendingFactor.sealed, factorContext(subject));
  const step = deps.secondFactors.stepOf(secret, code, now);
  if (step === null) refuse("auth.second_factor_invalid");
  await guess.right();
  const codes = deps.secondFactors.newRecoveryCodes();
  const recovery = codes.map((each) => deps.secondFactors.recoveryHash(secret, each));
  const factor = { sealed: pendingFactor.sealed, since: now, lastStep: step, recovery };
  if (!(await deps.store.secondFactors.confirm(subject, pendingFactor.sealed, factor)))
    refuse("account.second_factor_not_begun");
  const actor = toActor(user);
  await endSessions(deps, actor, ({ id }) => id !== from.keep);
  await recordAccountEvent(deps, { actor, idempotency: null }, user.id, { type: "account.second_factor_on" });
  return codes;
}
