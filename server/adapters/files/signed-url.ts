import { createHmac, timingSafeEqual } from "node:crypto";
import { refuse } from "../../kernel/errors.ts";
import type { Keys } from "../keys/keys.ts";

/** How long a signed address is valid, seconds. */
const GOOD_SECONDS = 600;

/** The signature in the query of an address; `expires` in seconds since the epoch. */
export interface UrlSignature {
  expires: number;
  key: string;
  sig: string;
}

/** Signs file addresses with HMAC-SHA-256 over id and expiry, so that an `<image>` can show them without a token. */
export function createUrlSigner(keys: Keys) {
  const sign = (keyId: string, id: string, expires: number): Buffer | null => {
    const key = keys.get("file", keyId);
    return key && createHmac("sha256", key).update(`${id}\n${expires}`).digest();
  };
  return {
    url(id: string, now: Date, seconds = GOOD_SECONDS): string {
      const { id: key } = keys.current("file");
      const expires = Math.floor(now.getTime() / 1000) + seconds;
      const sig = sign(key, id, expires)?.toString("base64url") ?? "";
      return `/api/files/${id}?${new URLSearchParams({ expires: String(expires), key, sig })}`;
    },
    /** Throws `file.link_expired` for an expired or invalid signature. */
    check(id: string, { expires, key, sig }: UrlSignature, now: Date): void {
      const expected = sign(key, id, expires);
      const given = Buffer.from(sig, "base64url");
      const right = expected !== null && expected.length === given.length && timingSafeEqual(expected, given);
      if (!right || expires * 1000 < now.getTime()) refuse("file.link_expired");
    },
  };
}
