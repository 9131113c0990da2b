import type { Actor } from "../../../kernel/actor.ts";
import { refuse } from "../../../kernel/errors.ts";
import { networkOf } from "../../domain/privacy/mask.ts";
import type { Uses } from "../../ports.ts";
import { recordLoginFailure } from "../audit/record-login-failure.ts";
import { beginThrottledAttempt } from "./throttled-attempt.ts";
import { findIdentity } from "./identities.ts";
import { giveBack } from "./limits.ts";
import { linkPhone } from "./link-phone.ts";
import type { LoginFrom, OpenSession } from "./open-session.ts";

/** A code that was typed for a phone, with the caller's address. */
export interface OtpInput {
  phone: string;
  code: string;
  address: string;
}

/** Logs in with a code that was sent to a phone, as {@link linkPhone} does. Throws as {@link redeemOtp} does. */
export async function verifyOtp(
  deps: Uses<"clock" | "consoleSession" | "keys" | "limiter" | "loginsEnded" | "store" | "tokens" | "wakeRelay">,
  actor: Actor | null,
  typed: OtpInput,
  from: LoginFrom,
): Promise<OpenSession> {
  await redeemOtp(deps, typed);
  return linkPhone(deps, actor, typed.phone, "phone", from);
}

/**
 * Uses up the phone's code. Each wrong guess at a valid code is recorded. Without a valid code nothing is recorded,
 * since such calls are unlimited in number. Throws `auth.otp_invalid`, `auth.otp_expired`, `auth.locked`.
 */
export async function redeemOtp(
  deps: Uses<"clock" | "keys" | "limiter" | "store" | "wakeRelay">,
  { phone, code, address }: OtpInput,
): Promise<void> {
  const now = deps.clock.now();
  const guess = await beginThrottledAttempt(deps, "phone", phone, address);
  const phones = deps.keys.blindIndexes("phone", phone);
  const codes = deps.keys.blindIndexes("otp", `${phone} ${code}`);
  // A code sent before a key rotation is stored under the previous key.
  for (const [n, { index }] of phones.entries()) {
    if (!(await deps.store.otps.redeem(index, codes[n]?.index ?? "", now))) continue;
    await guess.right();
    // The code went to whom it was meant for: it leaves room for the next behind the same address.
    await giveBack(deps, "otpAddress", deps.keys.blindIndex("address", networkOf(address)));
    return;
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
