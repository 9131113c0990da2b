import type { Actor } from "../../domain/actor.ts";
import { DomainError, refuse } from "../../domain/errors.ts";
import type { Deps } from "../../ports.ts";
import { recordLoginFailure } from "../audit/record-login-failure.ts";
import { linkPhone } from "./link-phone.ts";
import type { OpenSession } from "./open-session.ts";

/**
 * Logs in with the code that a phone was sent, as {@link linkPhone} does; a wrong guess is on record. Throws `auth.otp_invalid`,
 * `auth.otp_expired`.
 */
export async function verifyOtp(
  deps: Deps,
  actor: Actor | null,
  { phone, code, address }: { phone: string; code: string; address: string },
): Promise<OpenSession> {
  try {
    await redeemOtp(deps, phone, code);
  } catch (error) {
    // Without a code that could be guessed there is nothing to record, and no bound to how much.
    if (error instanceof DomainError && error.code === "auth.otp_invalid") {
      const owner = await deps.store.identities.find("phone", deps.keys.blindIndex("phone", phone));
      await recordLoginFailure(deps, { how: "phone", userId: owner?.userId ?? null, address });
    }
    throw error;
  }
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
