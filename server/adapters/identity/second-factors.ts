import { createHmac, randomInt } from "node:crypto";
import { Secret, TOTP } from "otpauth";

/** RFC 6238 with what every authenticator takes: HMAC-SHA-1, 6 digits, 30 seconds; 160 bits as RFC 4226, 4 asks for. */
const SECRET_BYTES = 20;
const PERIOD = 30;
const OTP_PARAMETERS = { issuer: "店小二", algorithm: "SHA1", digits: 6, period: PERIOD } as const;
/** Steps before and after the present one: clocks of phones go wrong, and typing takes time. */
const WINDOW = 1;

const CODES = 10;
/** Without what looks alike (0 O, 1 l I), since they are copied by hand. */
const LETTERS = "23456789abcdefghjkmnpqrstuvwxyz";
const HALF = 5;

/** Codes of an authenticator app, and the recovery codes beside it. */
export interface SecondFactors {
  /** A new secret, in base32 as authenticators take it. */
  newSecret(): string;
  /** What an authenticator reads from a picture: `otpauth://totp/…`. */
  uri(secret: string, account: string): string;
  /** The time step whose code it is, near `now`; null: of none. */
  stepOf(secret: string, code: string, now: Date): number | null;
  /** Ten codes of 49 bits each. */
  newRecoveryCodes(): string[];
  /**
   * A recovery code as it is kept, keyed with the secret, which only the key ring opens. However it is typed, it is
   * the same.
   */
  recoveryHash(secret: string, code: string): string;
}

/** The second factor by RFC 6238, with otpauth. */
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
