import { randomInt } from "node:crypto";
import { isLoopback } from "../../../kernel/loopback.ts";
import { networkOf } from "../../domain/privacy/mask.ts";
import type { Uses } from "../../ports.ts";
import { consumeLimit, limits } from "./limits.ts";

/** How long a login code is valid, in seconds. */
const CODE_SECONDS = 300;
/** How many wrong guesses one code allows. */
const MAX_CODE_ATTEMPTS = 5;

/** A code that was sent. `demoCode` is set in demo mode only, for calls from this machine. Times in seconds. */
export interface SentOtp {
  expiresIn: number;
  resendAfter: number;
  demoCode?: string;
}

/** Sends a login code of six digits to the phone. Throws `rate.limited`, `sms.unavailable`. */
export async function requestOtp(
  deps: Uses<"clock" | "demo" | "keys" | "limiter" | "sms" | "store">,
  phone: string,
  address: string,
): Promise<SentOtp> {
  const phoneHash = deps.keys.blindIndex("phone", phone);
  // Demo accounts log in often, and no text message is sent for them.
  const atDemo = deps.demo && isLoopback(address);
  if (!atDemo) {
    await consumeLimit(deps, "otpAddress", deps.keys.blindIndex("address", networkOf(address)));
    await consumeLimit(deps, "otpPause", phoneHash);
    await consumeLimit(deps, "otpPhone", phoneHash);
  }
  const code = String(randomInt(1_000_000)).padStart(6, "0");
  await deps.store.otps.put(phoneHash, {
    codeHash: deps.keys.blindIndex("otp", `${phone} ${code}`),
    expiresAt: new Date(deps.clock.now().getTime() + CODE_SECONDS * 1000),
    attempts: MAX_CODE_ATTEMPTS,
  });
  const sent = { expiresIn: CODE_SECONDS, resendAfter: limits.otpPause.seconds };
  if (atDemo) return { ...sent, demoCode: code };
  await deps.sms.sendCode(phone, code);
  return sent;
}
