/**
 * The server's side of SCRAM-SHA-256 (RFC 5802, RFC 7677). A client proves that it has the key and does not send it.
 */
import { createHash, createHmac, pbkdf2Sync, randomBytes, timingSafeEqual } from "node:crypto";
import { CommandError } from "./errors.ts";

/** The name of the only user. */
export const USER = "dianxiaoer";
/** The fewest iterations that drivers accept. The key is random, so that more would not protect it better. */
const ITERATIONS = 4_096;

const hmac = (key: Buffer, text: string): Buffer => createHmac("sha256", key).update(text).digest();

const refused = (): CommandError => new CommandError("AuthenticationFailed", "Authentication failed.");

/** A SCRAM exchange that has begun. */
export interface Conversation {
  /** The server's first message. */
  challenge: string;
  /** Verifies the client's final message. Returns the server's final message. Throws CommandError. */
  finish(last: string): string;
}

/** Creates the server's side for a user with `key`. */
export function createScram(key: string): { begin(first: string): Conversation } {
  const salt = randomBytes(16);
  const salted = pbkdf2Sync(key, salt, ITERATIONS, 32, "sha256");
  const storedKey = createHash("sha256").update(hmac(salted, "Client Key")).digest();
  const serverKey = hmac(salted, "Server Key");
  return {
    begin(first) {
      const [, user, theirs] = /^n,,n=([^,]{1,64}),r=([^,]{8,256})$/.exec(first) ?? [];
      if (user !== USER || theirs === undefined) throw refused();
      const nonce = theirs + randomBytes(24).toString("base64");
      const challenge = `r=${nonce},s=${salt.toString("base64")},i=${ITERATIONS}`;
      return {
        challenge,
        finish(last) {
          const unproven = `c=biws,r=${nonce}`;
          const start = `${unproven},p=`;
          const proof = Buffer.from(last.slice(start.length, start.length + 64), "base64");
          if (!last.startsWith(start) || proof.length !== storedKey.length) throw refused();
          const said = `${first.slice("n,,".length)},${challenge},${unproven}`;
          const signature = hmac(storedKey, said);
          const clientKey = Buffer.from(proof.map((byte, n) => byte ^ (signature[n] ?? 0)));
          if (!timingSafeEqual(createHash("sha256").update(clientKey).digest(), storedKey)) throw refused();
          return `v=${hmac(serverKey, said).toString("base64")}`;
        },
      };
    },
  };
}
