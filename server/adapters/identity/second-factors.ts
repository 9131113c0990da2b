import { createHmac, randomInt } from "node:crypto";
import { Secret, TOTP } from "otpauth";

/**
 * RFC 6238 with the parameters that all authenticators support: HMAC-SHA-1, 6 digits, 30 seconds. The secret has 160
 * bits, as RFC 4226 section 4 recommends.
 */
const SECRET_BYTES = 20;
const PERIOD = 30;
const OTP_PARAMETERS = { issuer: "店小二", algorithm: "SHA1", digits: 6, period: PERIOD } as const;
/** Accepted time steps before and after the current one, for inexact clocks and slow typing. */
const WINDOW = 1;

const CODES = 10;
/** No characters that look alike (0 O, 1 l I), since people copy the codes by hand. */
const LETTERS = "23456789abcdefghjkmnpqrstuvwxyz";
const HALF = 5;

/** One-time codes of an authenticator app, and recovery codes. */
export interface SecondFactors {
  /** A new secret in base32. */
  newSecret(): string;
  /** The `otpauth://totp/…` URI for the QR code. */
  uri(secret: string, account: string): string;
  /** The time step of a code, near `now`; null: the code is wrong. */
  stepOf(secret: string, code: string, now: Date): number | null;
  /** Ten recovery codes of 49 bits each. */
  newRecoveryCodes(): string[];
  /**
   * The stored form of a recovery code: an HMAC with the secret, which is encrypted by the key ring. Case and
   * separators of the code are ignored.
   */
  recoveryHash(secret: string, code: string): string;
}

/** Implements RFC 6238 with the package otpauth. */
export function createSecondFactors(): SecondFactors {
  const of = (secret: string, label = ""): TOTP =>
    new TOTP({ ...OTP_PARAMETERS, label, secret: Secret.fromBase32(secret) });
  const half = (): string => Array.from({ length: HALF }, () => LETTERS[randomInt(LETTERS.length)]).join("");
  return {
    newSecret: () => new Secret({ size: SECRET_BYTES }).base32,
    uri: (secret, account) => of(secret, account).toString(),
    stepOf(secret, code, now) {
      const timestamp = now.getTime();
      const delta = of(secret).validate({ token: code, timestamp, window: WINDOW });
      return delta === null ? null : TOTP.counter({ period: PERIOD, timestamp }) + delta;
    },
    newRecoveryCodes: () => Array.from({ length: CODES }, () => `${half()}-${half()}`),
    recoveryHash: (secret, code) =>
      createHmac("sha256", secret)
        .update(`recovery\n${code.toLowerCase().replaceAll(/[^\da-z]/g, "")}`)
        .digest("base64url"),
  };
}
