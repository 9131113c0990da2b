import type { Actor } from "../../../kernel/actor.ts";
import { refuse } from "../../../kernel/errors.ts";
import type { Uses } from "../../ports.ts";
import { recordLoginFailure } from "../audit/record-login-failure.ts";
import { beginThrottledAttempt } from "./throttled-attempt.ts";
import { findIdentity } from "./identities.ts";
import { linkPhone } from "./link-phone.ts";
import type { LoginFrom, OpenSession } from "./open-session.ts";

/** A code that somebody typed for a phone, and from where. */
export interface OtpInput {
  phone: string;
  code: string;
  address: string;
}

/** Logs in with the code that a phone was sent, as {@link linkPhone} does. Throws as {@link redeemOtp}. */
export async function verifyOtp(
  deps: Uses<"clock" | "keys" | "loginsEnded" | "store" | "tokens" | "wakeRelay">,
  actor: Actor | null,
  typed: OtpInput,
  from: LoginFrom,
): Promise<OpenSession> {
  await redeemOtp(deps, typed);
  return linkPhone(deps, actor, typed.phone, from);
}

/**
 * Uses the phone's code up. Every wrong guess at a code is on record, the last one too; without a code that could be
 * guessed there is nothing to record, and no bound to how much. Throws `auth.otp_invalid`, `auth.otp_expired`,
 * `auth.locked`.
 */
export async function redeemOtp(
  deps: Uses<"clock" | "keys" | "store" | "wakeRelay">,
  { phone, code, address }: OtpInput,
): Promise<void> {
  const now = deps.clock.now();
  const guess = await beginThrottledAttempt(deps, "phone", phone, address);
  const phones = deps.keys.blindIndexes("phone", phone);
  const codes = deps.keys.blindIndexes("otp", `${phone} ${code}`);
  // A code that was sent before a rotation is kept by the key before.
  for (const [n, { index }] of phones.entries()) {
    if (await deps.store.otps.redeem(index, codes[n]?.index ?? "", now)) return guess.right();
  }
  let left: number | null = null;
  for (const { index } of phones) left ??= await deps.store.otps.miss(index, now);
  if (left === null) {
    await guess.none();
    refuse("auth.otp_expired");
  }
  const owner = await findIdentity(deps, { kind: "phone", value: phone });
  await recordLoginFailure(deps, { how: "phone", userId: owner?.userId ?? null, address });
  if (left === 0) refuse("auth.otp_expired", { spent: true });
  return refuse("auth.otp_invalid", { left });
}
