import { randomBytes, timingSafeEqual } from "node:crypto";
import { createHashThreads } from "./hash-threads.ts";
import { isCommonPassword } from "./common-passwords.ts";

/** Parameters of argon2id that OWASP recommends: 19 MiB, two passes, one lane. */
const MEMORY_KIB = 19 * 1024;
const PASSES = 2;
const LANES = 1;
const TAG_BYTES = 32;

/** Password hashes in PHC form: `$argon2id$v=19$m=…,t=…,p=…$salt$tag`. */
export interface Passwords {
  hash(password: string): Promise<string>;
  /** Whether the password matches the hash. With `null` (no such account) it takes equally long and returns false. */
  verify(password: string, hash: string | null): Promise<boolean>;
  /** Whether the password is one of those that leaks have most often. */
  isCommon(password: string): boolean;
}

const base64 = (bytes: Buffer): string => bytes.toString("base64").replaceAll("=", "");

/**
 * argon2id of node:crypto, in threads of its own. Each hash contains its parameters, so that they can be raised
 * later.
 */
export function createPasswords(): Passwords {
  const derive = createHashThreads();
  const tag = (password: string, nonce: Buffer, memory: number, passes: number, parallelism: number): Promise<Buffer> =>
    derive({ message: password, nonce, memory, passes, parallelism, tagLength: TAG_BYTES });
  return {
    isCommon: isCommonPassword,
    async hash(password) {
      const nonce = randomBytes(16);
      const derived = await tag(password, nonce, MEMORY_KIB, PASSES, LANES);
      return `$argon2id$v=19$m=${MEMORY_KIB},t=${PASSES},p=${LANES}$${base64(nonce)}$${base64(derived)}`;
    },
    async verify(password, hash) {
      const match = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([^$]+)\$([^$]+)$/.exec(hash ?? "");
      if (!match) {
        await tag(password, randomBytes(16), MEMORY_KIB, PASSES, LANES);
        return false;
      }
      const [, memory, passes, lanes, nonce = "", expected = ""] = match;
      const derived = await tag(password, Buffer.from(nonce, "base64"), Number(memory), Number(passes), Number(lanes));
      const stored = Buffer.from(expected, "base64");
      return stored.length === derived.length && timingSafeEqual(stored, derived);
    },
  };
}
