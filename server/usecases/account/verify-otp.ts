import type { Actor } from "../../domain/actor.ts";
import { refuse } from "../../domain/errors.ts";
import type { Deps } from "../../ports.ts";
import { recordLoginFailure } from "../audit/record-login-failure.ts";
import { beginGuess } from "./guess.ts";
import { linkPhone } from "./link-phone.ts";
import type { OpenSession } from "./open-session.ts";

/** A code that somebody typed for a phone, and from where. */
export interface TypedOtp {
  phone: string;
  code: string;
  address: string;
}

/** Logs in with the code that a phone was sent, as {@link linkPhone} does. Throws as {@link redeemOtp}. */
export async function verifyOtp(deps: Deps, actor: Actor | null, typed: TypedOtp): Promise<OpenSession> {
  await redeemOtp(deps, typed);
  return linkPhone(deps, actor, typed.phone);
}

/**
 * Uses the phone's code up. Every wrong guess at a code is on record, the last one too; without a code that could be guessed there is
 * nothing to record, and no bound to how much. Throws `auth.otp_invalid`, `auth.otp_expired`, `auth.locked`.
 */
export async function redeemOtp(deps: Deps, { phone, code, address }: TypedOtp): Promise<void> {
  const subject = deps.keys.blindIndex("phone", phone);
  const now = deps.clock.now();
  const guess = await beginGuess(deps, "phone", phone, address);
  if (await deps.store.otps.redeem(subject, deps.keys.blindIndex("otp", `${phone} ${code}`), now)) return guess.right();
  const left = await deps.store.otps.miss(subject, now);
  if (left === null) {
    await guess.none();
    refuse("auth.otp_expired");
  }
  const owner = await deps.store.identities.find("phone", subject);
  await recordLoginFailure(deps, { how: "phone", userId: owner?.userId ?? null, address });
  if (left === 0) refuse("auth.otp_expired", { spent: true });
  return refuse("auth.otp_invalid", { left });
}
