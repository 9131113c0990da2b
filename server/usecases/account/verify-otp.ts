import type { Actor } from "../../domain/actor.ts";
import { refuse } from "../../domain/errors.ts";
import type { Deps } from "../../ports.ts";
import { linkPhone } from "./link-phone.ts";
import type { OpenSession } from "./open-session.ts";

/** Logs in with the code that a phone was sent, as {@link linkPhone} does. Throws `auth.otp_invalid`, `auth.otp_expired`. */
export async function verifyOtp(deps: Deps, actor: Actor | null, phone: string, code: string): Promise<OpenSession> {
  await redeemOtp(deps, phone, code);
  return linkPhone(deps, actor, phone);
}

/** Uses the phone's code up. Throws `auth.otp_invalid`, `auth.otp_expired`. */
export async function redeemOtp(deps: Deps, phone: string, code: string): Promise<void> {
  const subject = deps.keys.blindIndex("phone", phone);
  const now = deps.clock.now();
  if (!(await deps.store.otps.redeem(subject, deps.keys.blindIndex("otp", `${phone} ${code}`), now))) {
    refuse((await deps.store.otps.miss(subject, now)) ? "auth.otp_invalid" : "auth.otp_expired");
  }
}
